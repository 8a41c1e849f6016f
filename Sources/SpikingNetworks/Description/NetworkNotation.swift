/// The papers' short notation for networks: `16C3-32C3-P2-64-100`.
///
/// `nCk` is a convolution of n channels with a k x k kernel, stride 1, without padding; `nCks` keeps
/// the size of its input; `nCk/2p1` has stride 2 and padding 1. `Pk` pools the spikes after the
/// neurons, `MPk` the currents before them; `APk` averages the currents, `PAk` the spikes. `BN`
/// normalises the currents of the layer before it over the batch, `D0.1` drops a tenth of its
/// output while it learns. A number alone is a fully connected layer. Layers are named `conv1`,
/// `conv2`, ..., `fc1`, ...
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
      } else if part == "BN" || part.hasPrefix("D"), let last = layers.indices.last {
        if part == "BN" {
          layers[last].normalisation = .init()
        } else if let rate = Float(part.dropFirst()), rate > 0, rate < 1 {
          layers[last].dropout = rate
        } else {
          throw unknown(part, text)
        }
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
        throw unknown(part, text)
      }
    }
    return layers
  }

  /// The notation of layers, the inverse of ``layers(_:neuron:)``.
  public static func text(_ layers: [LayerDescription]) -> String {
    layers.flatMap { layer in
      var parts: [String] = []
      switch layer.operation {
      case .fullyConnected(let neurons): parts.append("\(neurons)")
      case .convolution(let channels, let kernel, let stride, let padding):
        let suffix =
          switch (stride, padding) {
          case (1, 0): ""
          case (1, kernel / 2) where kernel % 2 == 1: "s"
          case (_, 0): "/\(stride)"
          default: "/\(stride)p\(padding)"
          }
        parts.append("\(channels)C\(kernel)\(suffix)")
      }
      if layer.normalisation != nil { parts.append("BN") }
      if let pooling = layer.pooling {
        let name =
          switch (pooling.kind, pooling.position) {
          case (.maximum, .afterNeuron): "P"
          case (.maximum, .beforeNeuron): "MP"
          case (.average, .beforeNeuron): "AP"
          case (.average, .afterNeuron): "PA"
          }
        parts.append("\(name)\(pooling.size)")
      }
      if layer.dropout > 0 { parts.append("D\(layer.dropout)") }
      return parts
    }.joined(separator: "-")
  }

  private static func unknown(_ part: Substring, _ text: String) -> NetworkError {
    NetworkError(
      .invalidDescription, "'\(part)' in the network \(text) is not understood",
      remedy: "write layers as in 16C3-32C3s-BN-P2-64-100")
  }

  private static func pooling(_ part: Substring) -> LayerDescription.Pooling? {
    let kinds: [(String, LayerDescription.Pooling.Position, LayerDescription.Pooling.Kind)] = [
      ("MP", .beforeNeuron, .maximum), ("AP", .beforeNeuron, .average),
      ("PA", .afterNeuron, .average), ("P", .afterNeuron, .maximum),
    ]
    for (name, position, kind) in kinds where part.hasPrefix(name) {
      guard let size = Int(part.dropFirst(name.count)), size > 0 else { continue }
      return LayerDescription.Pooling(size: size, position: position, kind: kind)
    }
    return nil
  }

  private static func convolution(_ part: Substring) -> LayerDescription.Operation? {
    let same = part.hasSuffix("s")
    let halves = (same ? part.dropLast() : part).split(
      separator: "/", omittingEmptySubsequences: false)
    let numbers = halves[0].split(separator: "C", omittingEmptySubsequences: false)
    guard numbers.count == 2, let channels = Int(numbers[0]), let kernel = Int(numbers[1]),
      channels > 0, kernel > 0, !same || kernel % 2 == 1, halves.count == 1 || !same
    else { return nil }
    guard halves.count == 2 else {
      return halves.count > 2
        ? nil
        : .convolution(
          channels: channels, kernel: kernel, stride: 1, padding: same ? kernel / 2 : 0)
    }
    let steps = halves[1].split(separator: "p", omittingEmptySubsequences: false)
    guard steps.count <= 2, let stride = Int(steps[0]), stride > 0,
      let padding = steps.count == 2 ? Int(steps[1]) : 0, padding >= 0
    else { return nil }
    return .convolution(channels: channels, kernel: kernel, stride: stride, padding: padding)
  }
}
