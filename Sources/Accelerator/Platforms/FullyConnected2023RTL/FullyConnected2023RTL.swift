import EventSimulation

/// The register-transfer design of the fully connected generation of 2023: one layer, one spike train
/// at a time.
///
/// A time step is a train. Timing of the register-transfer code published with arXiv:2310.16745;
/// docs/hardware/fc-2023.md, "Register-transfer design", states every rule.
public struct FullyConnected2023RTL: AcceleratorModel {
  /// The platform's name in hardware files and vectors.
  public static let platform = HardwarePlatform.fullyConnected2023RTL

  /// The keys of an entry under `layers` of a hardware file.
  public static let layerParameters: [HardwareParameter] = [
    .layerName, .kind, .trainProcessingElements, .trainListCapacity, .accumulateLatency, .source,
  ]

  /// The layer.
  public var geometry: SpikeTrainGeometry
  /// Time steps, each of which is a train.
  public var timeSteps: Int
  /// Cycles between the one in which the layer is available and the next train, which is offered at
  /// once if there are none: what surrounds the layer decides.
  public var gap: Int
  /// Which quirks of the published hardware are present.
  public var quirks: Set<Quirk>

  /// Creates a model; see ``check()`` for what is allowed.
  ///
  /// - Parameters:
  ///   - geometry: the layer.
  ///   - timeSteps: spike trains of a sample.
  ///   - gap: cycles from the layer's being available to the next train, less one.
  ///   - quirks: which quirks are present.
  public init(
    _ geometry: SpikeTrainGeometry, timeSteps: Int, gap: Int = 0, quirks: Set<Quirk> = .published
  ) {
    self.geometry = geometry
    self.timeSteps = timeSteps
    self.gap = gap
    self.quirks = quirks
  }

  /// A count a time step.
  public var frameCounts: [Int] { [timeSteps] }

  /// The control unit, and all units as one.
  public func engines(ofLayer layer: Int) -> [EngineDescription] { Self.engines }

  /// Builds the event simulation.
  public func simulator<Probe: KernelProbe>(
    probe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) -> any SampleSimulator<Probe> {
    try FullyConnected2023RTLSimulator(self, probe: probe, order: order)
  }

  /// What a sample costs: one addition of maxima a train.
  public func closedForm(counts: [[UInt32]]) throws(ConfigurationError) -> ClosedFormSample {
    try FullyConnected2023RTLClosedForm.sample(of: self, counts: counts)
  }
}
