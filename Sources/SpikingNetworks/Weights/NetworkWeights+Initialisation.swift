import SeededRandom

extension NetworkDescription {
  /// Weights and biases uniform in ±gain / sqrt(fan-in), PyTorch's default for linear layers.
  ///
  /// With sparse spikes and a low decay the plain initialisation can leave deeper layers silent, so
  /// that they never learn; a gain of 2 or 3 wakes them.
  ///
  /// - Parameters:
  ///   - seed: the same seed gives the same weights.
  ///   - gain: a factor on PyTorch's bound, for weights and biases alike.
  /// - Returns: finite weights for every tensor of the network.
  /// - Throws: what ``resolvedShapes()`` throws.
  public func initialWeights(seed: UInt64, gain: Float = 1) throws(NetworkError) -> NetworkWeights {
    guard gain.isFinite, gain > 0 else {
      throw NetworkError(
        .invalidDescription, "the weight gain is \(gain)", remedy: "give a positive number")
    }
    var tensors: [NamedTensor] = []
    var fanIn = 1
    for (index, (name, shape)) in try tensorShapes().enumerated() {
      if let value = Self.initialNormalisation(name) {
        let values = [Float](repeating: value, count: shape[0])
        tensors.append(NamedTensor(name: name, shape: shape, values: values))
        continue
      }
      if shape.count > 1 { fanIn = shape.dropFirst().reduce(1, *) }
      let bound = gain / Float(fanIn).squareRoot()
      var stream = RandomStream(seed: seed, path: RandomPurpose.weights.rawValue, UInt64(index))
      let values = (0..<shape.reduce(1, *)).map { _ in (2 * stream.nextUnit() - 1) * bound }
      tensors.append(NamedTensor(name: name, shape: shape, values: values))
    }
    return NetworkWeights(tensors: tensors)
  }

  /// 1 for scales and variances of a batch normalisation, 0 for its shifts and means.
  private static func initialNormalisation(_ name: String) -> Float? {
    if name.hasSuffix(".norm.weight") || name.hasSuffix(".norm.running_var") { return 1 }
    if name.hasSuffix(".norm.bias") || name.hasSuffix(".norm.running_mean") { return 0 }
    return nil
  }
}
