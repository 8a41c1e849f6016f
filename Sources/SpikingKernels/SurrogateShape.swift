import Foundation

/// The derivative that stands in for that of the spike, as a function of x = membrane - threshold.
package enum SurrogateShape: Hashable, Sendable {
  case fastSigmoid(slope: Float)
  case arctangent(alpha: Float)
  case sigmoid(slope: Float)
  case spikeRateEscape(beta: Float, slope: Float)
  case straightThrough
  /// `max(0, 1 - slope |x|)`.
  case triangle(slope: Float)
  /// `value` below the threshold, `-value` from it on: what snnTorch calls triangular.
  case signedConstant(Float)

  /// The derivative at x, as ``SurrogateKernels/multiply`` computes it for whole blocks.
  @inline(__always)
  func derivative(_ x: Float) -> Float {
    switch self {
    case .fastSigmoid(let slope):
      let root = 1 + slope * abs(x)
      return 1 / (root * root)
    case .arctangent(let alpha):
      let scaled = Float.pi * alpha / 2 * x
      return alpha / 2 / (1 + scaled * scaled)
    case .sigmoid(let slope):
      // In terms of exp(-k|x|), which cannot overflow.
      let decayed = exp(-slope * abs(x))
      return slope * decayed / ((1 + decayed) * (1 + decayed))
    case .spikeRateEscape(let beta, let slope):
      return slope * exp(-beta * abs(x - 1))
    case .straightThrough:
      return 1
    case .triangle(let slope):
      return max(0, 1 - slope * abs(x))
    case .signedConstant(let value):
      return x >= 0 ? -value : value
    }
  }
}
