/// The papers' short notation for networks: `16C3-32C3-P2-64-100`.
///
/// `nCk` is a convolution of n channels with a k x k kernel, stride 1, without padding; `nCks` keeps
/// the size of its input. `Pk` pools the spikes after the neurons, `MPk` the currents before them.
/// A number alone is a fully connected layer. Layers are named `conv1`, `conv2`, ..., `fc1`, ...
public enum NetworkNotation {
  /// The layers that a text describes, all with the same neurons.
  ///
  /// - Throws: ``NetworkError`` (`invalidDescription`) that names the part that is not understood.
  public static func layers(
    _ text: String, neuron: NeuronParameters
  ) throws(NetworkError) -> [LayerDescription] {
    var layers: [LayerDescription] = []
    var convolutions = 0
    var connections = 0
    for part in text.split(separator: "-", omittingEmptySubsequences: false) {
      if let pooling = pooling(part) {
        guard let last = layers.indices.last, case .convolution = layers[last].operation,
          layers[last].pooling == nil
        else {
          throw NetworkError(
            .invalidDescription, "the pooling \(part) in \(text) does not follow a convolution",
            remedy: "write it after one, as in 32C3-P2")
        }
        layers[last].pooling = pooling
      } else if let operation = convolution(part) {
        convolutions += 1
        layers.append(
          LayerDescription(name: "conv\(convolutions)", operation: operation, neuron: neuron))
      } else if let neurons = Int(part), neurons > 0 {
        connections += 1
        layers.append(
          LayerDescription(
            name: "fc\(connections)", operation: .fullyConnected(neurons: neurons), neuron: neuron))
      } else {
        throw NetworkError(
          .invalidDescription, "'\(part)' in the network \(text) is not understood",
          remedy: "write layers as in 16C3-32C3s-P2-64-100")
      }
    }
    return layers
  }

  /// The notation of layers, the inverse of ``layers(_:neuron:)``.
  public static func text(_ layers: [LayerDescription]) -> String {
    layers.map { layer in
      let operation =
        switch layer.operation {
        case .fullyConnected(let neurons): "\(neurons)"
        case .convolution(let channels, let kernel, _, let padding):
          "\(channels)C\(kernel)" + (padding > 0 ? "s" : "")
        }
      guard let pooling = layer.pooling else { return operation }
      return operation + (pooling.position == .beforeNeuron ? "-MP" : "-P") + "\(pooling.size)"
    }.joined(separator: "-")
  }

  private static func pooling(_ part: Substring) -> LayerDescription.Pooling? {
    let before = part.hasPrefix("MP")
    guard before || part.hasPrefix("P"), let size = Int(part.dropFirst(before ? 2 : 1)), size > 0
    else { return nil }
    return LayerDescription.Pooling(size: size, position: before ? .beforeNeuron : .afterNeuron)
  }

  private static func convolution(_ part: Substring) -> LayerDescription.Operation? {
    let same = part.hasSuffix("s")
    let numbers = (same ? part.dropLast() : part).split(separator: "C")
    guard numbers.count == 2, let channels = Int(numbers[0]), let kernel = Int(numbers[1]),
      channels > 0, kernel > 0, !same || kernel % 2 == 1
    else { return nil }
    return .convolution(
      channels: channels, kernel: kernel, stride: 1, padding: same ? kernel / 2 : 0)
  }
}
