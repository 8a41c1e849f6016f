import Synchronization

/// A request, from any thread or signal handler, to end a training after the batch at hand.
public final class StopSignal: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Creates a signal that is not raised.
  public init() {}

  /// Asks for the end.
  public func raise() { requested.store(true, ordering: .relaxed) }

  /// Whether the end was asked for.
  public var isRaised: Bool { requested.load(ordering: .relaxed) }
}
