import EventSimulation

/// The seed paper's accelerator: convolution layers with OR pooling, then fully connected layers,
/// one after another in lock-step.
///
/// Timing of the register-transfer code published with arXiv:2402.06211 (SNN-DSE, commit 161404c of
/// 2023-12-11); docs/hardware/conv-2023.md states every rule.
public struct Conv2023: LockStepModel {
  /// The platform's name in hardware files and vectors.
  public static let platform = HardwarePlatform.conv2023

  /// The layers, from the input to the output.
  public var layers: [LayerGeometry]
  /// Which quirks of the published hardware are present.
  public var quirks: Set<Quirk>

  /// Creates a model; see ``check()`` for what is allowed.
  ///
  /// - Parameters:
  ///   - layers: the layers, from the input to the output.
  ///   - quirks: which quirks are present.
  public init(layers: [LayerGeometry], quirks: Set<Quirk> = .published) {
    self.layers = layers
    self.quirks = quirks
  }

  /// Frames that one pass over each layer's input reads.
  public var frameCounts: [Int] { layers.map(\.framesPerPhase) }

  /// Whether the spikes of a layer are stored.
  ///
  /// In the published chain the enables of fc_2 are not connected, and nothing stores its spikes;
  /// measured alone, it behaves as fc_1 does.
  func hasWriter(_ layer: Int) -> Bool {
    guard quirks.contains(.unconnectedElements),
      case .fullyConnected(let geometry) = layers[layer]
    else { return true }
    return geometry.variant == .fc1 || layer == 0
  }

  /// The engines of a layer.
  public func engines(ofLayer layer: Int) -> [EngineDescription] {
    switch layers[layer] {
    case .convolution(let geometry):
      EngineDescription.convolution(
        geometry.options, isDoneEarly: quirks.contains(.earlyDone))
    case .fullyConnected: EngineDescription.fullyConnected
    }
  }

  var timeSteps: [Int] { layers.map(\.timeSteps) }

  var largestFrames: [Int?] { layers.map(\.largestFrame) }

  var readsWhileIdle: Bool { quirks.contains(.idleReads) }

  func validate(layer: Int) throws(ConfigurationError) { try layers[layer].validate() }

  var lockStepLayers: [LockStepLayer] {
    let published = ConvolutionBehaviour(quirks)
    return layers.enumerated().map { index, layer in
      switch layer {
      case .convolution(let geometry):
        return .convolution(geometry, published.with(geometry.options))
      case .fullyConnected(let geometry):
        let isConnected = hasWriter(index)
        return .fullyConnected(
          geometry, FullyConnectedBehaviour(geometry, quirks), connectsElements: isConnected,
          connectsWriter: isConnected)
      }
    }
  }

  /// Builds the event simulation.
  public func simulator<Probe: KernelProbe>(
    probe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) -> any SampleSimulator<Probe> {
    try LockStepSimulator(self, probe: probe, order: order)
  }

  /// What a sample costs, by ``Conv2023ClosedForm``.
  public func closedForm(counts: [[UInt32]]) throws(ConfigurationError) -> ClosedFormSample {
    var sample = ClosedFormSample(latency: 0, layers: [])
    sample.layers.reserveCapacity(layers.count)
    for index in layers.indices {
      let outcome = outcome(ofLayer: index, counts: counts[index])
      sample.latency += outcome.cycles
      sample.layers.append(outcome)
    }
    return sample
  }

  /// What a layer costs, by ``Conv2023ClosedForm``.
  public func closedForm(
    ofLayer layer: Int, counts: [UInt32]
  ) throws(ConfigurationError) -> ClosedFormLayer? {
    outcome(ofLayer: layer, counts: counts)
  }

  private func outcome(ofLayer layer: Int, counts: [UInt32]) -> ClosedFormLayer {
    Conv2023ClosedForm.outcome(
      of: layers[layer], counts: counts, hasWriter: hasWriter(layer), quirks: quirks)
  }
}
