import CheckedYAML
import Yams

/// The keys of layers in a network file.
enum LayerFields {
  /// A layer and the name under which its weights file has its tensors, if it is another one.
  struct Entry {
    var layer: LayerDescription
    var tensors: String?
  }

  /// What a pooling pools.
  private enum Pooled: String, CaseIterable {
    case currents
    case spikes
  }

  private static let largest = NetworkDescription.largestExtent

  /// The layers of a file: a list, or a text in ``NetworkNotation``.
  static func layers(
    _ file: YAMLFields, neuron: NeuronParameters
  ) throws(YAMLTextError) -> [Entry] {
    switch file.node("layers") {
    case .scalar(let scalar)?:
      do {
        return try NetworkNotation.layers(scalar.string, neuron: neuron).map { Entry(layer: $0) }
      } catch {
        throw YAMLTextError(
          file: file.path, line: file.line(of: "layers"), message: "\(error)")
      }
    case .sequence(let sequence)? where !sequence.isEmpty:
      var entries: [Entry] = []
      for (index, node) in sequence.enumerated() {
        entries.append(try entry(node, number: index + 1, in: file, neuron: neuron))
      }
      return entries
    case nil: throw file.missing("layers", "16C3-32C3-P2-64-100")
    default:
      throw file.mismatch("layers", "list the layers, or write them as in 16C3-32C3-P2-64-100")
    }
  }

  private static func entry(
    _ node: Node, number: Int, in file: YAMLFields, neuron: NeuronParameters
  ) throws(YAMLTextError) -> Entry {
    let fields = try YAMLFields(
      node, path: file.path, line: node.mark?.line ?? file.line(of: "layers"),
      describing: "an entry under 'layers'", owner: " of layer \(title(node, number))",
      keys: [
        "name", "convolution", "fully-connected", "pooling", "normalisation", "dropout", "neurons",
        "tensors",
      ])
    let convolution = try convolution(fields)
    let neurons = try fields.integer("fully-connected", in: 1...largest)
    let operation: LayerDescription.Operation
    switch (convolution, neurons) {
    case (let convolution?, nil): operation = convolution
    case (nil, let neurons?): operation = .fullyConnected(neurons: neurons)
    case (nil, nil): throw fields.missing("convolution' or 'fully-connected", "64")
    case (_?, _?):
      throw fields.mismatch(
        "fully-connected", "the layer is a convolution already; make two layers of it")
    }
    guard let name = try fields.text("name", "conv1") else { throw fields.missing("name", "conv1") }
    var layer = LayerDescription(
      name: name, operation: operation,
      neuron: try NeuronFields.parameters(fields.node("neurons"), in: fields, common: neuron))
    layer.pooling = try pooling(fields)
    if layer.pooling != nil, convolution == nil {
      throw fields.mismatch("pooling", "only convolutions are pooled; remove it")
    }
    layer.normalisation = try normalisation(fields)
    if let dropout = try fields.number("dropout") {
      guard dropout >= 0, dropout < 1 else {
        throw fields.mismatch("dropout", "give a number from 0 to less than 1")
      }
      layer.dropout = dropout
    }
    return Entry(layer: layer, tensors: try fields.text("tensors", "features.0"))
  }

  /// The layer's name before anything else is known to be right.
  private static func title(_ node: Node, _ number: Int) -> String {
    let name = node.mapping?["name"]?.scalar?.string ?? ""
    return name.isEmpty || name.count > 40 ? "\(number)" : name
  }

  private static func part(
    _ fields: YAMLFields, _ key: String, keys: [String]
  ) throws(YAMLTextError) -> YAMLFields? {
    guard let node = fields.node(key) else { return nil }
    return try YAMLFields(
      node, path: fields.path, line: fields.line(of: key), describing: "'\(key)'\(fields.owner)",
      owner: " of the \(key)\(fields.owner)", keys: keys)
  }

  private static func convolution(
    _ fields: YAMLFields
  ) throws(YAMLTextError) -> LayerDescription.Operation? {
    guard
      let part = try part(
        fields, "convolution", keys: ["channels", "kernel", "stride", "padding"])
    else { return nil }
    guard let channels = try part.integer("channels", in: 1...largest) else {
      throw part.missing("channels", "32")
    }
    guard let kernel = try part.integer("kernel", in: 1...largest) else {
      throw part.missing("kernel", "3")
    }
    return .convolution(
      channels: channels, kernel: kernel, stride: try part.integer("stride", in: 1...largest) ?? 1,
      padding: try part.integer("padding", in: 0...largest) ?? 0)
  }

  private static func pooling(
    _ fields: YAMLFields
  ) throws(YAMLTextError) -> LayerDescription.Pooling? {
    guard let part = try part(fields, "pooling", keys: ["size", "of", "kind"]) else { return nil }
    guard let size = try part.integer("size", in: 1...largest) else {
      throw part.missing("size", "2")
    }
    guard let pooled = try part.choice("of", Pooled.self) else {
      throw part.missing("of", "spikes")
    }
    return LayerDescription.Pooling(
      size: size, position: pooled == .spikes ? .afterNeuron : .beforeNeuron,
      kind: try part.choice("kind", LayerDescription.Pooling.Kind.self) ?? .maximum)
  }

  private static func normalisation(
    _ fields: YAMLFields
  ) throws(YAMLTextError) -> LayerDescription.BatchNormalisation? {
    guard let part = try part(fields, "normalisation", keys: ["epsilon", "momentum"]) else {
      return nil
    }
    let defaults = LayerDescription.BatchNormalisation()
    return LayerDescription.BatchNormalisation(
      epsilon: try part.number("epsilon") ?? defaults.epsilon,
      momentum: try part.number("momentum") ?? defaults.momentum)
  }

  /// The node that describes a layer.
  static func node(
    _ layer: LayerDescription, tensors: String?, neuron: NeuronParameters
  ) throws -> Node {
    var pairs: [(String, Node)] = [("name", try layer.name.represented())]
    switch layer.operation {
    case .fullyConnected(let neurons):
      pairs.append(("fully-connected", try neurons.represented()))
    case .convolution(let channels, let kernel, let stride, let padding):
      pairs.append(
        (
          "convolution",
          .flow([
            ("channels", try channels.represented()), ("kernel", try kernel.represented()),
            ("stride", try stride.represented()), ("padding", try padding.represented()),
          ])
        ))
    }
    if let normalisation = layer.normalisation {
      pairs.append(
        (
          "normalisation",
          .flow([
            ("epsilon", try YAMLNumber(normalisation.epsilon).represented()),
            ("momentum", try YAMLNumber(normalisation.momentum).represented()),
          ])
        ))
    }
    if let pooling = layer.pooling {
      let pooled = pooling.position == .afterNeuron ? Pooled.spikes : .currents
      pairs.append(
        (
          "pooling",
          .flow([
            ("size", try pooling.size.represented()), ("of", try pooled.rawValue.represented()),
            ("kind", try pooling.kind.rawValue.represented()),
          ])
        ))
    }
    if let node = try NeuronFields.node(layer.neuron, defaults: neuron) {
      pairs.append(("neurons", node))
    }
    if layer.dropout > 0 { pairs.append(("dropout", try YAMLNumber(layer.dropout).represented())) }
    if let tensors { pairs.append(("tensors", try tensors.represented())) }
    return .block(pairs)
  }
}
