import SpikingKernels

/// Runs samples through a network one after the other, in memory allocated once.
///
/// Not for use by two threads at a time: give every worker its own.
public final class NetworkRunner {
  private let network: SpikingNetwork
  private let workspace: NetworkWorkspace
  private let parameters: PackedParameters

  /// Creates a runner.
  ///
  /// - Throws: ``NetworkError`` (`noMemory`) if there is none for all time steps of a sample.
  public init(_ network: SpikingNetwork) throws(NetworkError) {
    self.network = network
    do {
      workspace = try NetworkWorkspace(network.plan, keeping: { _ in .spikes })
      parameters = try PackedParameters(network)
    } catch {
      let steps = network.plan.timeSteps
      throw NetworkError(
        .noMemory,
        "there is no memory to run \(steps) time steps of network \(network.description.name): the"
          + " system refused \(error.amount)",
        remedy: "use fewer time steps than \(steps) or smaller layers")
    }
  }

  /// Runs one sample; the other members then tell what happened.
  ///
  /// - Parameter input: `[time step][channel][row][column]`.
  /// - Throws: ``NetworkError`` (`invalidInput`) if the input has another extent or is not finite.
  public func run(_ input: [Float]) throws(NetworkError) {
    try network.plan.load(input, into: workspace)
    ForwardPass.run(network.plan, parameters: parameters, workspace: workspace)
  }

  /// How many spikes each output neuron emitted over all time steps.
  public func outputSpikeCounts() -> [Int] {
    let outputs = network.plan.outputCount
    var counts = [Int](repeating: 0, count: outputs)
    guard let last = workspace.layers.last?.of(0) else { return counts }
    for step in 0..<network.plan.timeSteps {
      for neuron in 0..<outputs where last.output[step * outputs + neuron] != 0 {
        counts[neuron] += 1
      }
    }
    return counts
  }

  /// The class whose neurons spiked most, the first of them if several did.
  public func prediction() -> Int {
    let counts = outputSpikeCounts()
    let population = counts.count / network.plan.classes
    var best = 0
    var most = -1
    for label in 0..<network.plan.classes {
      let spikes = counts[(label * population)..<((label + 1) * population)].reduce(0, +)
      if spikes > most { (best, most) = (label, spikes) }
    }
    return best
  }

  /// Everything that happened, copied out.
  func activity() -> NetworkActivity {
    let steps = network.plan.timeSteps
    return NetworkActivity(
      layers: zip(network.plan.layers, workspace.layers).map { layer, slots in
        let blocks = slots.of(0)
        return LayerActivity(
          name: layer.name,
          membranes: channelsFirst(blocks.membranes, steps, layer.shape.neurons),
          spikes: channelsFirst(blocks.spikes, steps, layer.shape.neurons),
          output: channelsFirst(blocks.output, steps, layer.shape.output))
      })
  }

  private func channelsFirst(
    _ block: UnsafePointer<Float>, _ steps: Int, _ shape: FeatureShape
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: steps * shape.count) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      for step in 0..<steps {
        FrameLayout.channelsFirst(
          from: block + step * shape.count, channels: shape.channels, pixels: shape.pixels,
          to: start + step * shape.count)
      }
      count = steps * shape.count
    }
  }
}
