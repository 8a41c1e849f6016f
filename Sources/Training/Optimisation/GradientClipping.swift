/// Shortens gradients that are longer than a limit, as PyTorch's `clip_grad_norm_` does.
enum GradientClipping {
  /// The factor that brings the Euclidean length of all values together to at most `limit`.
  static func factor(_ gradient: [Float], limit: Float) -> Float {
    let length = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return min(1, Float(Double(limit) / (length + 1e-6)))
  }
}
