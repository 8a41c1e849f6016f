import Foundation
import Yams

extension HardwareFile {
  /// Reads a hardware file.
  ///
  /// - Parameter path: where it is; also how error messages name it.
  /// - Throws: ``HardwareError`` with file, line and remedy, for the first thing that is wrong.
  public init(path: String) throws(HardwareError) {
    try self.init(HardwareText(path: path))
  }

  /// Reads the content of a hardware file.
  ///
  /// - Parameters:
  ///   - data: the content.
  ///   - path: how error messages name it.
  /// - Throws: ``HardwareError`` with file, line and remedy, for the first thing that is wrong.
  public init(data: Data, path: String) throws(HardwareError) {
    try self.init(HardwareText(path: path, data: data))
  }

  private init(_ source: HardwareText) throws(HardwareError) {
    guard let root = try Self.compose(source) else {
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

  /// The tree of the text, or `nil` if there is nothing in it.
  private static func compose(_ source: HardwareText) throws(HardwareError) -> Node? {
    func failure(_ line: Int?, _ message: String) -> HardwareError {
      HardwareError(file: source.path, line: line, message: message)
    }
    do {
      // The line breaks keep the text out of Swift's inline form for short strings: the parser holds
      // a pointer to its bytes.
      let padding = String(repeating: "\n", count: 16)
      let root = try Parser(yaml: source.text + padding, encoding: .utf8).singleRoot()
      if case .scalar(let scalar)? = root, scalar.string.isEmpty { return nil }
      return root
    } catch let error as YamlError {
      let lines = max(
        source.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count, 1)
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw failure(
          min(mark.line, lines),
          "this is not valid YAML (\(problem)); look at indentation, colons and quotes on this "
            + "line and the one before")
      case .duplicatedKeysInMapping(let keys, let context):
        let key = keys.first ?? ""
        throw failure(
          Self.repetition(of: key, after: context.mark, in: source.text) ?? context.mark.line,
          "the key '\(key)' is there twice; remove one of them")
      case .reader(let problem, _, _, _):
        throw failure(nil, "this is not text that YAML allows (\(problem)); remove odd characters")
      default:
        throw failure(nil, "this is not valid YAML; compare it with docs/HardwareFile.md")
      }
    } catch {
      throw failure(nil, "this is not valid YAML; compare it with docs/HardwareFile.md")
    }
  }

  /// The first line after `mark` that has the same key in the same column: where it is repeated.
  private static func repetition(of key: String, after mark: Mark, in text: String) -> Int? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for number in lines.indices.dropFirst(mark.line) {
      let content = lines[number].dropFirst(mark.column - 1)
      if content.hasPrefix(key), content.dropFirst(key.count).first == ":" { return number + 1 }
    }
    return nil
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
