import Foundation

/// Adam, and AdamW if it has a weight decay, computed as PyTorch computes them.
///
/// `m = m + (1 - beta1)(g - m)`, `v = beta2 v + (1 - beta2) g^2`,
/// `w = w - lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)`.
struct AdamOptimiser: ParameterOptimiser {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let weightDecay: Float
  private var mean: [Float]
  private var square: [Float]
  private var steps = 0

  init(beta1: Float, beta2: Float, epsilon: Float, weightDecay: Float, parameterCount: Int) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    mean = [Float](repeating: 0, count: parameterCount)
    square = mean
  }

  var state: OptimiserState {
    get { OptimiserState(steps: steps, moments: [mean, square]) }
    set {
      steps = newValue.steps
      (mean, square) = (newValue.moments[0], newValue.moments[1])
    }
  }

  mutating func step(_ parameters: inout [Float], gradient: [Float], learningRate: Double) {
    steps += 1
    let size = Float(learningRate / (1 - pow(Double(beta1), Double(steps))))
    let root = Float((1 - pow(Double(beta2), Double(steps))).squareRoot())
    let kept = Float(1 - learningRate * Double(weightDecay))
    for index in mean.indices {
      let slope = gradient[index]
      mean[index] += (1 - beta1) * (slope - mean[index])
      square[index] = beta2 * square[index] + (1 - beta2) * slope * slope
      let spread = square[index].squareRoot() / root + epsilon
      parameters[index] = parameters[index] * kept - size * (mean[index] / spread)
    }
  }
}
