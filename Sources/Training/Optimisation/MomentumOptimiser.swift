/// Stochastic gradient descent with momentum and weight decay, as PyTorch computes it.
struct MomentumOptimiser: ParameterOptimiser {
  private let momentum: Float
  private let weightDecay: Float
  private var velocity: [Float]

  init(momentum: Float, weightDecay: Float, parameterCount: Int) {
    self.momentum = momentum
    self.weightDecay = weightDecay
    velocity = [Float](repeating: 0, count: parameterCount)
  }

  var state: OptimiserState {
    get { OptimiserState(steps: 0, moments: [velocity]) }
    set { velocity = newValue.moments[0] }
  }

  mutating func step(_ parameters: inout [Float], gradient: [Float], learningRate: Double) {
    let rate = Float(learningRate)
    for index in velocity.indices {
      let slope = gradient[index] + weightDecay * parameters[index]
      velocity[index] = momentum * velocity[index] + slope
      parameters[index] -= rate * velocity[index]
    }
  }
}
