import SpikeTraces

/// Looks at the spikes of the first validation samples after every epoch, on their way through the
/// evaluation, which costs no second run.
public struct SampleObserver: Sendable {
  /// Samples to look at, from the first.
  public let samples: Int
  /// Called on any thread, once for each of the positions 0 ..< ``samples``, in any order.
  public let observe: @Sendable (_ position: Int, _ record: SampleRecord) -> Void

  /// Creates an observer.
  public init(
    samples: Int, observe: @escaping @Sendable (_ position: Int, _ record: SampleRecord) -> Void
  ) {
    self.samples = samples
    self.observe = observe
  }
}
