/// Which optimiser turns gradients into steps, and its constants.
public enum OptimiserSettings: Hashable, Codable, Sendable {
  /// Kingma and Ba, *Adam*, ICLR 2015; defaults 0.9, 0.999, 1e-8.
  case adam(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8)
  /// Loshchilov and Hutter, *Decoupled weight decay regularization*, ICLR 2019.
  case adamW(
    beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01)
  /// Stochastic gradient descent with PyTorch's momentum: v = m v + g + d w, w = w - lr v.
  case sgd(momentum: Float = 0, weightDecay: Float = 0)

  /// The optimiser for a number of parameters, in its initial state.
  public func makeOptimiser(parameterCount: Int) -> any ParameterOptimiser {
    switch self {
    case .adam(let beta1, let beta2, let epsilon):
      AdamOptimiser(
        beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: 0, parameterCount: parameterCount
      )
    case .adamW(let beta1, let beta2, let epsilon, let weightDecay):
      AdamOptimiser(
        beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
        parameterCount: parameterCount)
    case .sgd(let momentum, let weightDecay):
      MomentumOptimiser(
        momentum: momentum, weightDecay: weightDecay, parameterCount: parameterCount)
    }
  }

  /// The optimiser as logs and traces name it.
  public var name: String {
    switch self {
    case .adam: "adam"
    case .adamW(_, _, _, let weightDecay): "adamw weight-decay=\(weightDecay)"
    case .sgd(let momentum, let weightDecay): "sgd momentum=\(momentum) weight-decay=\(weightDecay)"
    }
  }
}
