/// The derivative that stands in for that of the spike, as a function of x = membrane - threshold.
package enum SurrogateShape: Hashable, Sendable {
  case fastSigmoid(slope: Float)
  case arctangent(alpha: Float)
  case sigmoid(slope: Float)
  case spikeRateEscape(beta: Float, slope: Float)
  case straightThrough
  /// `value` below the threshold, `-value` from it on: what snnTorch calls triangular.
  case signedConstant(Float)
}
