import Foundation
import Yams

extension NetworkFile {
  /// The file as text.
  ///
  /// - Throws: ``NetworkError`` (`invalidDescription`) if the description has no YAML form.
  public func text() throws(NetworkError) -> String {
    do {
      let common =
        description.layers.first?.neuron ?? NeuronParameters(model: .leaky(beta: 0.9))
      var pairs: [(String, Node)] = [
        ("format", try Self.formatName.represented()),
        ("version", try Self.formatVersion.represented()),
        ("name", try description.name.represented()),
        ("input", try "\(description.input)".represented()),
        ("time-steps", try description.timeSteps.represented()),
        ("classes", try description.classes.represented()),
      ]
      if let node = try NeuronFields.node(common, defaults: nil) { pairs.append(("neurons", node)) }
      let layers = try description.layers.map { layer in
        try LayerFields.node(layer, tensors: tensorNames[layer.name], neuron: common)
      }
      pairs.append(("layers", Node(layers)))
      if let weights { pairs.append(("weights", try weights.represented())) }
      if !hyperparameters.isEmpty {
        pairs.append(
          (
            "training",
            .block(
              try hyperparameters.sorted { $0.key < $1.key }.map {
                ($0.key, try $0.value.represented())
              })
          ))
      }
      let body = try Yams.serialize(node: .block(pairs), width: 100, allowUnicode: true)
      return "# A spiking network; docs/ModelFiles.md explains every key.\n" + body
    } catch {
      throw NetworkError(
        .invalidDescription, "the description has no YAML form (\(error))",
        remedy: "use finite numbers")
    }
  }

  /// Writes the file under a temporary name and renames it, so that no half-written file is left.
  ///
  /// - Throws: ``NetworkError``: `invalidDescription` or `inputOutput`.
  public func write(to path: String) throws(NetworkError) {
    let data = Data(try text().utf8)
    do {
      try WholeFile.write(data, to: path)
    } catch {
      throw NetworkError(
        .inputOutput, "the network file cannot be written (\(error.localizedDescription))",
        remedy: "check that the folder exists, may be written to and has space", location: path)
    }
  }
}

/// A number with the fewest digits that read back as the same float: 0.9, not 0.899999976.
struct YAMLNumber: NodeRepresentable {
  private let value: Float

  init(_ value: Float) {
    self.value = value
  }

  func represented() throws -> Node {
    Node("\(value)", Tag(.float))
  }
}

extension Node {
  /// A mapping of one line.
  static func flow(_ pairs: [(String, Node)]) -> Node {
    .mapping(Mapping(pairs.map { (Node($0.0), $0.1) }, Tag(.map), .flow))
  }

  /// A mapping of a line a key.
  static func block(_ pairs: [(String, Node)]) -> Node {
    .mapping(Mapping(pairs.map { (Node($0.0), $0.1) }, Tag(.map), .block))
  }
}
