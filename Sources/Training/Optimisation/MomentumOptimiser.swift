/// Stochastic gradient descent with momentum, as PyTorch computes it.
struct MomentumOptimiser: ParameterOptimiser {
  private let momentum: Float
  private var velocity: [Float]

  init(momentum: Float, parameterCount: Int) {
    self.momentum = momentum
    velocity = [Float](repeating: 0, count: parameterCount)
  }

  mutating func step(_ parameters: inout [Float], gradient: [Float], learningRate: Double) {
    let rate = Float(learningRate)
    for index in parameters.indices {
      velocity[index] = momentum * velocity[index] + gradient[index]
      parameters[index] -= rate * velocity[index]
    }
  }
}
