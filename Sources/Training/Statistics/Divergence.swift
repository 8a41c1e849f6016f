import SpikingNetworks

/// Notices numbers that left the useful range, and says where.
enum Divergence {
  /// Weights beyond this leave a float no digits for thresholds near 1.
  static let largestWeight: Float = 1e6
  /// A loss so many times the first one has exploded.
  static let largestGrowth = 1000.0

  /// What is wrong with a loss and its gradient, before the step that they would lead to.
  ///
  /// - Parameters:
  ///   - loss: of the batch.
  ///   - first: the loss of the first batch.
  ///   - gradient: flat.
  ///   - plan: whose parameters they are.
  ///   - probe: makes what finds the layer where numbers first went wrong.
  /// - Returns: the complaint, or nil.
  static func complaint(
    loss: Double, first: Double, gradient: [Float], plan: NetworkPlan, probe: () -> ActivityProbe
  ) -> String? {
    if !loss.isFinite {
      let cause = probe().firstNonFinite().map {
        "the membranes of layer \($0.layer) are not finite at sample \($0.input + 1) of the batch"
      }
      return "the loss became \(loss)" + (cause.map { ": \($0)" } ?? "")
    }
    if let place = gradient.firstIndex(where: { !$0.isFinite }) {
      return "the gradient of \(plan.owner(of: place)) became \(gradient[place])"
    }
    guard loss > largestGrowth * max(1, first) else { return nil }
    return "the loss grew from \(Float(first)) to \(Float(loss))"
  }

  /// What is wrong with parameters after a step, or nil.
  static func complaint(parameters: [Float], plan: NetworkPlan) -> String? {
    guard let place = parameters.firstIndex(where: { !(abs($0) <= largestWeight) }) else {
      return nil
    }
    return "\(plan.owner(of: place)) became \(parameters[place])"
  }

  /// What to do.
  static func remedy(_ settings: TrainingSettings) -> String {
    let clipping =
      settings.gradientClipping == nil
      ? ", clip gradients to a length of 1" : ", clip gradients to a smaller length"
    return "use a smaller learning rate, such as \(settings.learningRate / 10) instead of"
      + " \(settings.learningRate)\(clipping), or take a smaller weight gain than"
      + " \(settings.weightGain) or a narrower surrogate than \(settings.surrogate)"
  }
}

extension NetworkPlan {
  /// What a flat parameter is: `a weight of layer conv1`.
  func owner(of place: Int) -> String {
    for layer in layers {
      let places = layer.places
      let outputs = layer.geometry.outputChannels
      let parts: [(String, Int?, Int)] = [
        ("a weight", places.weight, layer.geometry.weightCount), ("a bias", places.bias, outputs),
        ("a scale or shift of the normalisation", places.scale, 2 * outputs),
        ("beta", places.decay, 1), ("theta", places.threshold, 1),
        ("a running statistic of the normalisation", places.statistics, 2 * outputs),
      ]
      for (name, start, count) in parts {
        if let start, start..<(start + count) ~= place { return "\(name) of layer \(layer.name)" }
      }
    }
    return "a parameter"
  }
}
