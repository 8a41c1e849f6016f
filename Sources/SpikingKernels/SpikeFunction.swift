import Foundation

/// What a neuron emits, as a function of x = membrane - threshold.
package enum SpikeFunction: Hashable, Sendable {
  /// 1 where x > 0, else 0.
  case step
  /// `1/2 + atan(pi alpha x / 2) / pi`, whose derivative is the arctangent surrogate.
  case arctangent(alpha: Float)
  /// `1 / (1 + exp(-slope x))`, whose derivative is the sigmoid surrogate.
  case logistic(slope: Float)

  @inline(__always)
  func callAsFunction(_ x: Float) -> Float {
    switch self {
    case .step: x > 0 ? 1 : 0
    case .arctangent(let alpha): 0.5 + atan(Float.pi * alpha / 2 * x) / Float.pi
    case .logistic(let slope): 1 / (1 + exp(-slope * x))
    }
  }
}
