import SpikingKernels

/// A network as the kernels run it: geometry of every layer and places in the flat parameters.
///
/// The flat parameters hold, layer by layer, the weights `[tap][input channel][output channel]` and
/// then the biases, so that a spike adds one consecutive row of output channels.
package struct NetworkPlan: Sendable {
  package let input: FeatureShape
  package let timeSteps: Int
  package let classes: Int
  package let layers: [LayerPlan]
  package let parameterCount: Int

  package init(_ description: NetworkDescription) throws(NetworkError) {
    let shapes = try description.resolvedShapes()
    var layers: [LayerPlan] = []
    var offset = 0
    for (layer, shape) in zip(description.layers, shapes) {
      layers.append(LayerPlan(layer, shape: shape, weightOffset: offset))
      offset = layers[layers.count - 1].parameterEnd
    }
    input = description.input
    timeSteps = description.timeSteps
    classes = description.classes
    self.layers = layers
    parameterCount = offset
  }

  /// The last layer's neurons.
  package var outputCount: Int { layers.last?.shape.output.count ?? 0 }

  /// The flat parameters of named tensors, which must fit.
  package func packed(_ weights: NetworkWeights) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    forEachPlace { tensor, index, place in parameters[place] = weights.tensors[tensor].values[index]
    }
    return parameters
  }

  /// Named tensors with the values of flat parameters, or of their gradients.
  package func unpacked(_ parameters: [Float], like template: NetworkWeights) -> NetworkWeights {
    var weights = template
    forEachPlace { tensor, index, place in
      weights.tensors[tensor].values[index] = parameters[place]
    }
    return weights
  }

  /// Visits every parameter with its tensor, its index in PyTorch's order and its flat place.
  private func forEachPlace(_ body: (_ tensor: Int, _ index: Int, _ place: Int) -> Void) {
    for (number, layer) in layers.enumerated() {
      let geometry = layer.geometry
      let inputs = geometry.inputChannels
      let outputs = geometry.outputChannels
      var index = 0
      for output in 0..<outputs {
        for input in 0..<inputs {
          for tap in 0..<geometry.taps {
            let row = tap * inputs + input
            body(2 * number, index, layer.weightOffset + row * outputs + output)
            index += 1
          }
        }
      }
      for output in 0..<outputs { body(2 * number + 1, output, layer.biasOffset + output) }
    }
  }
}
