/// The weights and biases of a network, or their gradients, in PyTorch's shapes and order.
///
/// Per layer: `<name>.weight`, `[out, in, row, column]` for a convolution and `[out, in]` for a fully
/// connected layer, and `<name>.bias`, `[out]`; with batch normalisation `<name>.norm.weight`,
/// `.bias`, `.running_mean` and `.running_var`, `[out]` each.
public struct NetworkWeights: Hashable, Sendable {
  /// The tensors, layer by layer, weight before bias.
  public var tensors: [NamedTensor]

  /// Creates weights.
  public init(tensors: [NamedTensor]) {
    self.tensors = tensors
  }

  /// The tensor of a name, if there is one.
  public subscript(name: String) -> NamedTensor? {
    tensors.first { $0.name == name }
  }

  /// The number of values in all tensors.
  public var parameterCount: Int { tensors.reduce(0) { $0 + $1.values.count } }
}

extension NetworkDescription {
  /// The names and shapes of the tensors that this network needs.
  ///
  /// - Throws: what ``resolvedShapes()`` throws.
  public func tensorShapes() throws(NetworkError) -> [(name: String, shape: [Int])] {
    let shapes = try resolvedShapes()
    var result: [(name: String, shape: [Int])] = []
    for (layer, shape) in zip(layers, shapes) {
      switch layer.operation {
      case .convolution(let channels, let kernel, _, _):
        result.append(("\(layer.name).weight", [channels, shape.input.channels, kernel, kernel]))
        result.append(("\(layer.name).bias", [channels]))
      case .fullyConnected(let neurons):
        result.append(("\(layer.name).weight", [neurons, shape.input.count]))
        result.append(("\(layer.name).bias", [neurons]))
      }
      guard layer.normalisation != nil else { continue }
      for part in ["weight", "bias", "running_mean", "running_var"] {
        result.append(("\(layer.name).norm.\(part)", [shape.convolved.channels]))
      }
    }
    return result
  }

  /// Checks names, shapes and finiteness of weights and puts them in the network's order.
  ///
  /// - Throws: ``NetworkError`` (`invalidWeights`) that names the tensor and, for a value that is not
  ///   finite, its index.
  public func checked(_ weights: NetworkWeights) throws(NetworkError) -> NetworkWeights {
    let expected = try tensorShapes()
    var ordered: [NamedTensor] = []
    for (name, shape) in expected {
      guard let tensor = weights[name] else {
        throw NetworkError(
          .invalidWeights, "the tensor \(name) is missing",
          remedy: "use the weights of this network")
      }
      guard tensor.shape == shape, tensor.values.count == shape.reduce(1, *) else {
        throw NetworkError(
          .invalidWeights, "the tensor \(name) has the shape \(tensor.shape), not \(shape)",
          remedy: "use the weights of this network")
      }
      if let position = tensor.firstNonFinite {
        throw NetworkError(
          .invalidWeights,
          "the tensor \(name) holds \(tensor.values[position]) at \(tensor.coordinates(position))",
          remedy: "train again with a smaller learning rate, or use an earlier model")
      }
      ordered.append(tensor)
    }
    guard weights.tensors.count == expected.count else {
      let names = Set(expected.map(\.name))
      let stranger = weights.tensors.first { !names.contains($0.name) }?.name ?? "a repeated tensor"
      throw NetworkError(
        .invalidWeights, "the network has no place for \(stranger)",
        remedy: "use the weights of this network")
    }
    return NetworkWeights(tensors: ordered)
  }
}
