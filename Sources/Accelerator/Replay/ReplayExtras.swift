/// What a replay reports beyond cycles and counts.
public struct ReplayExtras: Hashable, Sendable {
  /// A stream of samples.
  public struct Stream: Hashable, Sendable {
    /// When samples arrive.
    public var arrivals: ArrivalProcess
    /// Of the arrivals' random numbers.
    public var seed: UInt64
    /// The latency that counts as a miss beyond, s.
    public var deadline: Double?

    /// Describes a stream.
    public init(arrivals: ArrivalProcess, seed: UInt64 = 1, deadline: Double? = nil) {
      self.arrivals = arrivals
      self.seed = seed
      self.deadline = deadline
    }
  }

  /// Whether to record every sample and say where its cycles went.
  public var explains: Bool
  /// Whether to compare with the sparsity-oblivious baseline.
  public var hasBaseline: Bool
  /// The stream to send through the accelerator, if any.
  public var stream: Stream?

  /// Nothing, unless stated.
  public init(explains: Bool = false, hasBaseline: Bool = false, stream: Stream? = nil) {
    self.explains = explains
    self.hasBaseline = hasBaseline
    self.stream = stream
  }
}
