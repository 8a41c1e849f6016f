import CheckedYAML
import Foundation
import Yams

extension NetworkFile {
  /// Reads a network file; the weights stay where they are.
  ///
  /// - Throws: ``NetworkError``: `inputOutput` or `invalidDescription`, with file and line.
  public init(path: String) throws(NetworkError) {
    do {
      try self.init(YAMLText(path: path, subject: Self.subject))
    } catch {
      throw Self.networkError(error)
    }
    try Self.check(description, path)
  }

  /// Reads the content of a network file.
  ///
  /// - Parameters:
  ///   - data: the content.
  ///   - path: how error messages name it.
  /// - Throws: ``NetworkError`` (`invalidDescription`), with file and line.
  public init(data: Data, path: String) throws(NetworkError) {
    do {
      try self.init(YAMLText(path: path, data: data, subject: Self.subject))
    } catch {
      throw Self.networkError(error)
    }
    try Self.check(description, path)
  }

  private static func networkError(_ error: YAMLTextError) -> NetworkError {
    // The messages of YAML errors carry their remedy behind a semicolon, as these do.
    let parts = error.message.split(separator: ";", maxSplits: 1)
    return NetworkError(
      .invalidDescription, String(parts[0]),
      remedy: parts.count > 1
        ? String(parts[1].drop { $0 == " " }) : "compare it with \(subject.guide)",
      location: error.line.map { "\(error.file):\($0)" } ?? error.file)
  }

  private static func check(
    _ description: NetworkDescription, _ path: String
  ) throws(NetworkError) {
    do {
      _ = try description.resolvedShapes()
    } catch {
      throw error.at(path)
    }
  }

  private init(_ text: YAMLText) throws(YAMLTextError) {
    guard let root = try text.compose() else {
      throw YAMLTextError(
        file: text.path,
        message: "the file is empty; docs/ModelFiles.md shows a complete network file")
    }
    let fields = try YAMLFields(
      root, path: text.path, line: 1, describing: "a network file",
      keys: [
        "format", "version", "name", "input", "time-steps", "classes", "neurons", "layers",
        "weights", "training",
      ])
    guard try fields.text("format", Self.formatName) ?? Self.formatName == Self.formatName else {
      throw fields.mismatch("format", "a network file has the format \(Self.formatName)")
    }
    _ = try fields.integer("version", in: Self.formatVersion...Self.formatVersion)
    let largest = NetworkDescription.largestExtent
    guard let timeSteps = try fields.integer("time-steps", in: 1...largest) else {
      throw fields.missing("time-steps", "10")
    }
    guard let classes = try fields.integer("classes", in: 1...largest) else {
      throw fields.missing("classes", "10")
    }
    let common = try NeuronFields.parameters(
      fields.node("neurons"), in: fields, common: nil)
    let layers = try LayerFields.layers(fields, neuron: common)
    let fileName = URL(fileURLWithPath: text.path).deletingPathExtension().lastPathComponent
    self.init(
      description: NetworkDescription(
        name: try fields.text("name", "digits") ?? fileName, input: try Self.input(fields),
        timeSteps: timeSteps, layers: layers.map(\.layer), classes: classes),
      weights: try fields.text("weights", "digits.safetensors"),
      tensorNames: Dictionary(
        layers.compactMap { entry in entry.tensors.map { (entry.layer.name, $0) } },
        uniquingKeysWith: { first, _ in first }),
      hyperparameters: try Self.texts(fields), path: text.path)
  }

  /// `1x8x8`, or `784` for a plain vector.
  private static func input(_ fields: YAMLFields) throws(YAMLTextError) -> FeatureShape {
    guard let text = try fields.text("input", "1x28x28") else {
      throw fields.missing("input", "1x28x28")
    }
    let extents = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard extents.allSatisfy({ $0 > 0 && $0 <= NetworkDescription.largestExtent }) else {
      throw fields.mismatch("input", "give channels x rows x columns, such as 1x28x28")
    }
    switch extents.count {
    case 1: return FeatureShape(channels: extents[0])
    case 3: return FeatureShape(channels: extents[0], height: extents[1], width: extents[2])
    default:
      throw fields.mismatch("input", "give channels x rows x columns, such as 1x28x28")
    }
  }

  private static func texts(_ fields: YAMLFields) throws(YAMLTextError) -> [String: String] {
    guard let node = fields.node("training") else { return [:] }
    guard case .mapping(let mapping) = node else {
      throw fields.mismatch("training", "write 'key: value' lines")
    }
    var texts: [String: String] = [:]
    for (key, value) in mapping {
      guard let key = key.scalar?.string, let value = value.scalar?.string else {
        throw fields.mismatch("training", "write 'key: value' lines")
      }
      texts[key] = value
    }
    return texts
  }
}
