import EventSimulation

/// The fully connected design of 2023, as its authors' SystemC simulator times it: every layer works
/// on another time step, with a spike buffer of one time step between each two.
///
/// Timing of the simulator published with arXiv:2310.16745; docs/hardware/fc-2023.md states every
/// rule.
public struct FullyConnected2023: AcceleratorModel {
  /// The platform's name in hardware files and vectors.
  public static let platform = HardwarePlatform.fullyConnected2023

  /// Every layer works on a time step of its own.
  public static let layersOverlap = true

  /// The keys of an entry under `layers` of a hardware file.
  public static let layerParameters: [HardwareParameter] = [
    .layerName, .kind, .logicalToHardwareRatio, .source,
  ]

  /// The layers.
  public var geometry: PipelineGeometry
  /// Which quirks of the published hardware are present.
  public var quirks: Set<Quirk>

  /// Creates a model; see ``check()`` for what is allowed.
  ///
  /// - Parameters:
  ///   - geometry: the layers.
  ///   - quirks: which quirks are present.
  public init(_ geometry: PipelineGeometry, quirks: Set<Quirk> = .published) {
    self.geometry = geometry
    self.quirks = quirks
  }

  /// A count a time step and layer.
  public var frameCounts: [Int] {
    Array(repeating: geometry.timeSteps, count: geometry.layers)
  }

  /// The engine of a layer: its event controller, with its units.
  public func engines(ofLayer layer: Int) -> [EngineDescription] {
    [Self.engine(isFirst: layer == 0, isLast: layer == geometry.layers - 1)]
  }

  /// Builds the event simulation.
  public func simulator<Probe: KernelProbe>(
    probe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) -> any SampleSimulator<Probe> {
    try FullyConnected2023Simulator(self, probe: probe, order: order)
  }

  /// What a sample costs, by ``FullyConnected2023ClosedForm``.
  public func closedForm(counts: [[UInt32]]) throws(ConfigurationError) -> ClosedFormSample {
    try FullyConnected2023ClosedForm.sample(of: self, counts: counts)
  }
}
