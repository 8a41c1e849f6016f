/// What a batch normalisation does once its statistics are known: `scale * current + shift`.
package struct AffineChannels: Sendable {
  package var scale: [Float]
  package var shift: [Float]

  /// `gamma (x - mean) / sqrt(variance + epsilon) + beta` as one affine map.
  package init(
    scale gamma: UnsafePointer<Float>, shift beta: UnsafePointer<Float>, channels: Int,
    mean: (Int) -> Double, variance: (Int) -> Double, epsilon: Float
  ) {
    scale = []
    shift = []
    for channel in 0..<channels {
      let factor =
        Double(gamma[channel]) / (variance(channel) + Double(epsilon)).squareRoot()
      scale.append(Float(factor))
      shift.append(Float(Double(beta[channel]) - factor * mean(channel)))
    }
  }

  /// The map of a layer's running statistics; nil for layers without a normalisation.
  package init?(running layer: LayerPlan, parameters: UnsafePointer<Float>) {
    guard let normalisation = layer.normalisation, let place = layer.places.scale,
      let statistics = layer.places.statistics
    else { return nil }
    let channels = layer.geometry.outputChannels
    self.init(
      scale: parameters + place, shift: parameters + (place + channels), channels: channels,
      mean: { Double(parameters[statistics + $0]) },
      variance: { Double(parameters[statistics + channels + $0]) },
      epsilon: normalisation.epsilon)
  }
}
