import SpikingKernels

/// Runs samples through a network one after the other, in memory allocated once.
///
/// Not for use by two threads at a time: give every worker its own.
public final class NetworkRunner {
  private let network: SpikingNetwork
  private let workspace: NetworkWorkspace

  /// Creates a runner.
  public init(_ network: SpikingNetwork) {
    self.network = network
    workspace = NetworkWorkspace(network.plan)
  }

  /// Runs one sample; the other members then tell what happened.
  ///
  /// - Parameter input: `[time step][channel][row][column]`.
  /// - Throws: ``NetworkError`` (`invalidInput`) if the input has another extent or is not finite.
  public func run(_ input: [Float]) throws(NetworkError) {
    try network.plan.load(input, into: workspace)
    network.parameters.withUnsafeBufferPointer { parameters in
      guard let start = parameters.baseAddress else { return }
      ForwardPass.run(network.plan, parameters: start, workspace: workspace)
    }
  }

  /// How many spikes each output neuron emitted over all time steps.
  public func outputSpikeCounts() -> [Int] {
    let outputs = network.plan.outputCount
    var counts = [Int](repeating: 0, count: outputs)
    guard let last = workspace.layers.last else { return counts }
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

  /// How many spikes the neurons of each layer emitted, before any pooling of spikes.
  public func layerSpikeCounts() -> [Int] {
    zip(network.plan.layers, workspace.layers).map { layer, blocks in
      var count = 0
      for index in 0..<(network.plan.timeSteps * layer.shape.neurons.count)
      where blocks.spikes[index] != 0 {
        count += 1
      }
      return count
    }
  }

  /// Calls `body` with the time step and the neuron's index, channels first, of every spike at a
  /// layer boundary, in the order of time steps.
  ///
  /// - Parameters:
  ///   - boundary: 0 for the network's input, k + 1 for what layer k hands on.
  ///   - body: called once a spike; within a time step the order is not defined.
  public func forEachSpike(
    atBoundary boundary: Int, _ body: (_ timeStep: Int, _ neuron: Int) -> Void
  ) {
    let shape = boundary == 0 ? network.plan.input : network.plan.layers[boundary - 1].shape.output
    let block = workspace.input(ofLayer: boundary)
    for step in 0..<network.plan.timeSteps {
      let frame = block + step * shape.count
      for pixel in 0..<shape.pixels {
        for channel in 0..<shape.channels where frame[pixel * shape.channels + channel] != 0 {
          body(step, channel * shape.pixels + pixel)
        }
      }
    }
  }

  /// Everything that happened, copied out.
  func activity() -> NetworkActivity {
    let steps = network.plan.timeSteps
    return NetworkActivity(
      layers: zip(network.plan.layers, workspace.layers).map { layer, blocks in
        LayerActivity(
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
