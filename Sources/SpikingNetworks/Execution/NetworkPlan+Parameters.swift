extension NetworkPlan {
  /// The flat parameters of named tensors, which must fit, and of the description's constants.
  package func packed(_ weights: NetworkWeights) -> [Float] {
    var parameters = [Float](repeating: 0, count: parameterCount)
    forEachPlace { tensor, index, place in parameters[place] = weights.tensors[tensor].values[index]
    }
    for layer in layers {
      if let place = layer.places.decay { parameters[place] = layer.initialDynamics.decay }
      if let place = layer.places.threshold { parameters[place] = layer.initialDynamics.threshold }
    }
    return parameters
  }

  /// Named tensors with the values of flat parameters, or of their gradients.
  package func unpacked(_ parameters: [Float], like template: NetworkWeights) -> NetworkWeights {
    var weights = template
    forEachPlace { tensor, index, place in
      weights.tensors[tensor].values[index] = place < parameters.count ? parameters[place] : 0
    }
    return weights
  }

  /// A description with the constants that flat parameters hold.
  package func described(
    _ parameters: [Float], like template: NetworkDescription
  ) -> NetworkDescription {
    var description = template
    for (index, layer) in layers.enumerated() {
      let neuron = description.layers[index].neuron
      if let place = layer.places.decay {
        description.layers[index].neuron.model = neuron.model.withDecay(parameters[place])
      }
      if let place = layer.places.threshold {
        description.layers[index].neuron.threshold = parameters[place]
      }
    }
    return description
  }

  /// Visits every parameter of a tensor with the tensor, its index in PyTorch's order and its flat
  /// place.
  private func forEachPlace(_ body: (_ tensor: Int, _ index: Int, _ place: Int) -> Void) {
    var tensor = 0
    func visit(_ count: Int, _ place: (Int) -> Int) {
      for index in 0..<count { body(tensor, index, place(index)) }
      tensor += 1
    }
    for layer in layers {
      let geometry = layer.geometry
      let inputs = geometry.inputChannels
      let outputs = geometry.outputChannels
      let taps = geometry.taps
      visit(geometry.weightCount) { index in
        let (output, rest) = index.quotientAndRemainder(dividingBy: inputs * taps)
        let (input, tap) = rest.quotientAndRemainder(dividingBy: taps)
        return layer.places.weight + (tap * inputs + input) * outputs + output
      }
      visit(outputs) { layer.places.bias + $0 }
      for start in [layer.places.scale, layer.places.statistics] {
        guard let start else { continue }
        visit(outputs) { start + $0 }
        visit(outputs) { start + outputs + $0 }
      }
    }
  }
}
