/// Where one layer's numbers are in the flat parameters.
package struct ParameterPlaces: Hashable, Sendable {
  /// Weights `[tap][input channel][output channel]`.
  package var weight = 0
  /// Biases, one an output channel.
  package var bias = 0
  /// Scale and, behind it, shift of the batch normalisation, one each an output channel.
  package var scale: Int?
  /// The learned decay (beta) of the membranes.
  package var decay: Int?
  /// The learned threshold (theta).
  package var threshold: Int?
  /// Running mean and, behind it, variance; behind everything that is learned.
  package var statistics: Int?

  /// Takes places for what is learned, from `offset` on, and moves it behind them.
  init(_ layer: LayerDescription, weights: Int, outputs: Int, offset: inout Int) {
    func take(_ count: Int, _ isThere: Bool = true) -> Int? {
      guard isThere else { return nil }
      defer { offset += count }
      return offset
    }
    weight = take(weights) ?? 0
    bias = take(outputs) ?? 0
    scale = take(2 * outputs, layer.normalisation != nil)
    decay = take(1, layer.neuron.learnsDecay)
    threshold = take(1, layer.neuron.learnsThreshold)
  }
}
