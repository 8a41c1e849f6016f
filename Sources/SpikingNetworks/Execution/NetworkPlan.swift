import SpikingKernels

/// A network as the kernels run it: geometry of every layer and places in the flat parameters.
///
/// The flat parameters hold, layer by layer, what is learned: the weights
/// `[tap][input channel][output channel]`, so that a spike adds one consecutive row of output
/// channels, then biases and the rest; behind the last layer come the running statistics.
package struct NetworkPlan: Sendable {
  package let input: FeatureShape
  package let timeSteps: Int
  package let classes: Int
  package private(set) var layers: [LayerPlan]
  /// The parameters that are learned, which come first.
  package let trainableCount: Int
  package let parameterCount: Int

  package init(_ description: NetworkDescription) throws(NetworkError) {
    let shapes = try description.resolvedShapes()
    var offset = 0
    var places: [ParameterPlaces] = []
    for (layer, shape) in zip(description.layers, shapes) {
      let geometry = layer.geometry(input: shape.input)
      places.append(
        ParameterPlaces(
          layer, weights: geometry.weightCount, outputs: geometry.outputChannels, offset: &offset))
    }
    trainableCount = offset
    for (index, layer) in description.layers.enumerated() where layer.normalisation != nil {
      places[index].statistics = offset
      offset += 2 * shapes[index].convolved.channels
    }
    parameterCount = offset
    input = description.input
    timeSteps = description.timeSteps
    classes = description.classes
    layers = description.layers.enumerated().map { index, layer in
      LayerPlan(
        layer, shape: shapes[index], places: places[index], timeSteps: description.timeSteps,
        isLast: index == description.layers.count - 1)
    }
  }

  /// The last layer's neurons.
  package var outputCount: Int { layers.last?.shape.output.count ?? 0 }

  /// How many samples a worker takes at a time: as many as keep their membranes in about 16 MiB, at
  /// most eight, and never so many that the kernels' 32-bit places could not count their events.
  package var samplesTogether: Int {
    let floats = timeSteps * layers.reduce(0) { $0 + $1.shape.neurons.count }
    let inputs = timeSteps * (layers.map(\.shape.input.count).max() ?? 0)
    return [8, 4, 2].first { $0 * floats <= 1 << 22 && $0 * inputs <= 1 << 30 } ?? 1
  }

  /// The same network with spikes that rise smoothly from 0 to 1.
  package func emitting(_ spike: SpikeFunction) -> NetworkPlan {
    var plan = self
    for index in layers.indices { plan.layers[index].initialDynamics.spike = spike }
    return plan
  }

  /// Moves learned constants back to where they have a meaning.
  ///
  /// Decays go to 0 ... 1, thresholds to ``smallestThreshold`` or more.
  package func constrain(_ parameters: inout [Float]) {
    for layer in layers {
      if let place = layer.places.decay { parameters[place] = min(max(parameters[place], 0), 1) }
      if let place = layer.places.threshold {
        parameters[place] = max(parameters[place], Self.smallestThreshold)
      }
    }
  }

  /// A learned threshold never falls below this.
  package static let smallestThreshold: Float = 0.01
}
