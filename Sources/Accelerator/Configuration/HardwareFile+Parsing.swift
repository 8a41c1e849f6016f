import CheckedYAML
import Foundation
import Yams

extension HardwareFile {
  /// Reads a hardware file.
  ///
  /// - Parameter path: where it is; also how error messages name it.
  /// - Throws: ``HardwareError`` with file, line and remedy, for the first thing that is wrong.
  public init(path: String) throws(HardwareError) {
    try self.init(
      Self.checked { () throws(YAMLTextError) in try YAMLText(path: path, subject: Self.subject) })
  }

  /// Reads the content of a hardware file.
  ///
  /// - Parameters:
  ///   - data: the content.
  ///   - path: how error messages name it.
  /// - Throws: ``HardwareError`` with file, line and remedy, for the first thing that is wrong.
  public init(data: Data, path: String) throws(HardwareError) {
    try self.init(
      Self.checked { () throws(YAMLTextError) in
        try YAMLText(path: path, data: data, subject: Self.subject)
      })
  }

  private init(_ source: YAMLText) throws(HardwareError) {
    let composed = try Self.checked { () throws(YAMLTextError) in try source.compose() }
    guard let root = composed else {
      throw HardwareError(
        file: source.path,
        message: "the file is empty; docs/HardwareFile.md shows a complete hardware file")
    }
    let mapping = try HardwareMapping(
      root, path: source.path, line: 1, describing: "a hardware file", owner: "",
      parameters: HardwareParameter.ofFile)
    let fileName = URL(fileURLWithPath: source.path).deletingPathExtension().lastPathComponent
    path = source.path
    name = try mapping.text(.name) ?? fileName
    platform = try mapping.text(.platform).flatMap(HardwarePlatform.init) ?? .conv2023
    clock = try mapping.frequency(.clock) ?? 0
    device = try mapping.text(.device)
    self.source = try mapping.text(.source)
    spikeBuffers = try mapping.integer(.spikeBuffers) ?? 1
    quirks = try mapping.words(.quirks) ?? ["published"]
    quirksLine = mapping.keyLines[HardwareParameter.quirks.key]
    layersLine = mapping.keyLines[HardwareParameter.layers.key] ?? 1
    layers = []
    for (index, node) in try mapping.list(.layers).enumerated() {
      layers.append(
        try Layer(
          node, number: index + 1, parameters: platform.model.layerParameters, path: source.path,
          line: layersLine))
    }
  }
}

extension HardwareFile {
  private static let subject = YAMLText.Subject(
    noun: "hardware file", guide: "docs/HardwareFile.md",
    whereToFindOne: "the folder hardware/ has ready-made descriptions")

  private static func checked<Value>(
    _ read: () throws(YAMLTextError) -> Value
  ) throws(HardwareError) -> Value {
    do {
      return try read()
    } catch {
      throw HardwareError(error)
    }
  }
}

extension HardwareFile.Layer {
  fileprivate init(
    _ node: Node, number: Int, parameters ofPlatform: [HardwareParameter], path: String, line: Int
  ) throws(HardwareError) {
    let stated = node.mapping?["kind"]?.scalar?.string
    let parameters = stated.flatMap(Kind.init).map(ofPlatform.of) ?? ofPlatform
    let mapping = try HardwareMapping(
      node, path: path, line: node.mark?.line ?? line, describing: "an entry under 'layers'",
      owner: " of layer \(Self.title(of: node, number: number))",
      parameters: parameters)
    name = try mapping.text(.layerName) ?? "\(number)"
    let kindOfPlatform = parameters.first { $0.key == HardwareParameter.kind.key }
    kind = try mapping.text(kindOfPlatform ?? .kind).flatMap(Kind.init) ?? .convolution
    clock = try mapping.frequency(.layerClock)
    numbers = [:]
    for parameter in parameters where parameter.isWholeNumber {
      numbers[parameter.key] = try mapping.integer(parameter)
    }
    choices = [:]
    for parameter in parameters where parameter.isChoice {
      choices[parameter.key] = try mapping.text(parameter)
    }
    source = try mapping.text(.source)
    self.line = mapping.line
    keyLines = mapping.keyLines
  }

  /// The layer's name before anything else is known to be right.
  private static func title(of node: Node, number: Int) -> String {
    let name = node.mapping?["name"]?.scalar?.string ?? ""
    return name.isEmpty || name.count > 40 ? "\(number)" : name
  }
}
