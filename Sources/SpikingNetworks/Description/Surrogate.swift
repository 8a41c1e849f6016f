import SpikingKernels

/// The derivative used for the spike's while gradients are propagated back.
///
/// x is membrane - threshold. The formulas are those of snnTorch 1.0.0 (`snntorch.surrogate`), which
/// differ in places from the papers that proposed them.
public enum Surrogate: Hashable, Codable, Sendable {
  /// `1 / (1 + slope |x|)^2` (Zenke and Ganguli, *SuperSpike*, Neural Computation 30, 2018).
  case fastSigmoid(slope: Float)
  /// `(alpha / 2) / (1 + (pi alpha x / 2)^2)` (Fang et al., ICCV 2021).
  case arctangent(alpha: Float)
  /// `slope s (1 - s)` with s the logistic function of `slope x`.
  case sigmoid(slope: Float)
  /// `slope exp(-beta |x - 1|)`: its peak is one above the threshold, as snnTorch has it.
  case spikeRateEscape(beta: Float, slope: Float)
  /// 1 everywhere.
  case straightThrough
  /// `max(0, 1 - slope |x|)` (Bellec et al., NeurIPS 2018): zero where |x| is 1/slope or more.
  case triangle(slope: Float)
  /// `threshold` below the neuron's threshold, `-threshold` from it on: not a triangle, but what
  /// snnTorch computes under that name.
  case triangularOfSnnTorch(threshold: Float)

  /// The kernel's form.
  package var shape: SurrogateShape {
    switch self {
    case .fastSigmoid(let slope): .fastSigmoid(slope: slope)
    case .arctangent(let alpha): .arctangent(alpha: alpha)
    case .sigmoid(let slope): .sigmoid(slope: slope)
    case .spikeRateEscape(let beta, let slope): .spikeRateEscape(beta: beta, slope: slope)
    case .straightThrough: .straightThrough
    case .triangle(let slope): .triangle(slope: slope)
    case .triangularOfSnnTorch(let threshold): .signedConstant(threshold)
    }
  }

  /// The spike whose derivative this surrogate is, if it is one that rises from 0 to 1.
  package var smoothSpike: SpikeFunction? {
    switch self {
    case .arctangent(let alpha): .arctangent(alpha: alpha)
    case .sigmoid(let slope): .logistic(slope: slope)
    default: nil
    }
  }
}

extension Surrogate: CustomStringConvertible {
  /// The surrogate as logs and traces name it: `fast-sigmoid k=25`.
  public var description: String {
    switch self {
    case .fastSigmoid(let slope): "fast-sigmoid k=\(slope)"
    case .arctangent(let alpha): "arctangent alpha=\(alpha)"
    case .sigmoid(let slope): "sigmoid k=\(slope)"
    case .spikeRateEscape(let beta, let slope): "spike-rate-escape beta=\(beta) k=\(slope)"
    case .straightThrough: "straight-through"
    case .triangle(let slope): "triangle k=\(slope)"
    case .triangularOfSnnTorch(let threshold): "triangular-snntorch threshold=\(threshold)"
    }
  }
}
