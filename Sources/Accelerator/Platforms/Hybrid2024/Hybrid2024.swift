import EventSimulation

/// The accelerator of the second generation: a dense core for direct-coded first layers, sparse
/// convolution layers, fully connected layers; one after another in lock-step.
///
/// Timing of the register-transfer code published as SNN-DSE, branch DATE25, of 2024-12-09;
/// docs/hardware/hybrid-2024.md states every rule.
public struct Hybrid2024: LockStepModel {
  /// The platform's name in hardware files and vectors.
  public static let platform = HardwarePlatform.hybrid2024

  /// The layers, from the input to the output.
  public var layers: [Hybrid2024Layer]
  /// Which quirks of the published hardware are present.
  public var quirks: Set<Quirk>

  /// Creates a model; see ``check()`` for what is allowed.
  ///
  /// - Parameters:
  ///   - layers: the layers, from the input to the output.
  ///   - quirks: which quirks are present.
  public init(layers: [Hybrid2024Layer], quirks: Set<Quirk> = .published) {
    self.layers = layers
    self.quirks = quirks
  }

  /// Frames that one pass over each layer's input reads; none of a dense layer.
  public var frameCounts: [Int] { layers.map(\.framesPerPhase) }

  /// The engines of a layer.
  public func engines(ofLayer layer: Int) -> [EngineDescription] {
    switch layers[layer] {
    case .convolution(let geometry):
      EngineDescription.convolution(
        geometry.options, sweepsShort: quirks.contains(.shortSweep),
        isDoneEarly: quirks.contains(.earlyDone))
    case .fullyConnected: EngineDescription.fullyConnected
    case .dense: EngineDescription.dense
    }
  }

  var timeSteps: [Int] { layers.map(\.timeSteps) }

  var largestFrames: [Int?] { layers.map(\.largestFrame) }

  var readsWhileIdle: Bool { quirks.contains(.idleReads) }

  func validate(layer: Int) throws(ConfigurationError) {
    try layers[layer].validate()
    if layer > 0 { try layers[layer].checkOrder(after: layers[layer - 1]) }
  }

  var lockStepLayers: [LockStepLayer] {
    let published = ConvolutionBehaviour(quirks)
    return layers.map { layer in
      switch layer {
      case .convolution(let geometry):
        .convolution(geometry, published.with(geometry.options))
      case .fullyConnected(let geometry):
        // The last layer has processing elements, but no writer.
        .fullyConnected(
          geometry, FullyConnectedBehaviour(geometry, quirks), connectsElements: true,
          connectsWriter: geometry.variant == .fc1)
      case .dense(let geometry): .dense(geometry)
      }
    }
  }

  /// Builds the event simulation.
  public func simulator<Probe: KernelProbe>(
    probe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) -> any SampleSimulator<Probe> {
    try LockStepSimulator(self, probe: probe, order: order)
  }

  /// What a sample costs, by ``Hybrid2024ClosedForm``.
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

  /// What a layer costs, by ``Hybrid2024ClosedForm``.
  public func closedForm(
    ofLayer layer: Int, counts: [UInt32]
  ) throws(ConfigurationError) -> ClosedFormLayer? {
    outcome(ofLayer: layer, counts: counts)
  }

  private func outcome(ofLayer layer: Int, counts: [UInt32]) -> ClosedFormLayer {
    Hybrid2024ClosedForm.outcome(of: layers[layer], counts: counts, quirks: quirks)
  }
}
