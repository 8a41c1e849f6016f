extension SpikingNetwork {
  /// The same network without batch normalisations: their effect is in the weights and biases.
  ///
  /// Hardware has no normalisation; with running statistics it is an affine map of every channel,
  /// `scale * (w * x + b) + shift`, which the weights `scale * w` and biases `scale * b + shift`
  /// compute at once. Membranes agree to rounding.
  ///
  /// - Returns: a network that emits the same spikes.
  /// - Throws: ``NetworkError`` (`invalidWeights`) if a folded weight is not finite.
  public func foldingNormalisation() throws(NetworkError) -> SpikingNetwork {
    var folded = description
    var tensors: [NamedTensor] = []
    for (index, layer) in plan.layers.enumerated() {
      folded.layers[index].normalisation = nil
      guard var weight = weights["\(layer.name).weight"],
        var bias = weights["\(layer.name).bias"]
      else { continue }
      let affine = parameters.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap { AffineChannels(running: layer, parameters: $0) }
      }
      if let affine {
        let inputs = weight.values.count / bias.values.count
        for channel in bias.values.indices {
          for position in (channel * inputs)..<((channel + 1) * inputs) {
            weight.values[position] *= affine.scale[channel]
          }
          bias.values[channel] =
            affine.scale[channel] * bias.values[channel] + affine.shift[channel]
        }
      }
      tensors += [weight, bias]
    }
    return try SpikingNetwork(folded, weights: NetworkWeights(tensors: tensors))
  }
}
