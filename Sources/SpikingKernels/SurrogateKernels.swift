/// Multiplication of gradients with a surrogate's derivative.
package enum SurrogateKernels {
  /// `gradients *= derivative(membranes - threshold)`, element by element.
  package static func multiply(
    _ shape: SurrogateShape, count: Int, gradients: UnsafeMutablePointer<Float>,
    membranes: UnsafePointer<Float>, threshold: Float
  ) {
    switch shape {
    case .fastSigmoid(let slope):
      for index in 0..<count {
        let root = 1 + slope * abs(membranes[index] - threshold)
        gradients[index] /= root * root
      }
    case .arctangent(let alpha):
      let stretch = Float.pi * alpha / 2
      let peak = alpha / 2
      for index in 0..<count {
        let scaled = stretch * (membranes[index] - threshold)
        gradients[index] *= peak / (1 + scaled * scaled)
      }
    case .straightThrough:
      break
    case .triangle, .signedConstant, .sigmoid, .spikeRateEscape:
      for index in 0..<count {
        gradients[index] *= shape.derivative(membranes[index] - threshold)
      }
    }
  }
}
