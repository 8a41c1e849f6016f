import EventSimulation

/// The event simulation of one accelerator: spike counts in, cycles out, any number of samples.
///
/// One simulator serves one thread. Its event loop allocates nothing.
public protocol SampleSimulator<Probe>: AnyObject {
  /// The observer.
  associatedtype Probe: KernelProbe

  /// The netlist that is simulated.
  var topology: Topology { get }

  /// The observer; replace it to observe the next sample afresh.
  var probe: Probe { get set }

  /// Process resumptions of the last run.
  var eventCount: UInt64 { get }

  /// The processes of a layer, in the order of ``AcceleratorModel/engines(ofLayer:)``.
  ///
  /// - Parameter layer: the layer's position.
  /// - Returns: one process an engine.
  func processes(ofLayer layer: Int) -> [ProcessIdentifier]

  /// Hands over the spike counts of the next sample.
  ///
  /// - Parameter counts: spikes of every frame that a layer reads, a list a layer:
  ///   `[time step][channel]` for a convolution, `[time step]` for a fully connected layer, nothing
  ///   for a layer whose input is not spikes.
  /// - Throws: ``ConfigurationError`` if the counts do not fit the layers.
  func load(counts: [[UInt32]]) throws(ConfigurationError)

  /// Simulates the sample that was loaded last, without drawing up its accounts.
  ///
  /// - Returns: the sample's latency in cycles.
  /// - Throws: ``ConfigurationError`` if it takes more than 2^44 cycles, or the hardware never
  ///   finishes it.
  @discardableResult
  func run() throws(ConfigurationError) -> Cycle

  /// The accounts of the sample that ran last.
  func result() -> SampleReplay
}

extension SampleSimulator {
  /// Replays one sample.
  ///
  /// - Parameter counts: as ``load(counts:)`` takes them.
  /// - Returns: cycles, state times and event counts.
  /// - Throws: what ``load(counts:)`` and ``run()`` throw.
  public func replay(counts: [[UInt32]]) throws(ConfigurationError) -> SampleReplay {
    try load(counts: counts)
    try run()
    return result()
  }
}
