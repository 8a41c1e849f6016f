import CheckedYAML
import Yams

/// One mapping of a hardware file, read by the declarations of its keys.
///
/// Creating it checks the keys; asking for a value checks its type and range. All errors name file,
/// line and remedy.
struct HardwareMapping {
  let path: String
  /// What the mapping describes, as it follows a key in a message: ` of layer conv1`, or empty.
  let owner: String
  /// The line of the first key.
  let line: Int
  private let values: [String: Node]
  /// The line of each key.
  let keyLines: [String: Int]

  init(
    _ node: Node, path: String, line: Int, describing noun: String, owner: String,
    parameters: [HardwareParameter]
  ) throws(HardwareError) {
    guard case .mapping(let mapping) = node else {
      throw HardwareError(
        file: path, line: node.mark?.line ?? line,
        message: "\(noun) must be 'key: value' lines, such as '\(Self.exampleLine(parameters))'")
    }
    self.path = path
    self.owner = owner
    self.line = mapping.first?.key.mark?.line ?? line
    var values: [String: Node] = [:]
    var lines: [String: Int] = [:]
    for (key, value) in mapping {
      let keyLine = key.mark?.line ?? line
      guard let word = key.scalar?.string, parameters.contains(where: { $0.key == word }) else {
        throw HardwareError(
          file: path, line: keyLine,
          message: Self.unknown(key.scalar?.string ?? "[...]", owner, parameters))
      }
      values[word] = value
      lines[word] = keyLine
    }
    self.values = values
    self.keyLines = lines
    for parameter in parameters where parameter.isRequired && values[parameter.key] == nil {
      throw HardwareError(
        file: path, line: self.line,
        message: "'\(parameter.key)'\(owner) is missing; add it, for example "
          + "'\(parameter.key): \(parameter.example)'")
    }
  }

  private static func exampleLine(_ parameters: [HardwareParameter]) -> String {
    guard let first = parameters.first(where: \.isRequired) else { return "key: value" }
    return "\(first.key): \(first.example)"
  }

  private static func unknown(
    _ word: String, _ owner: String, _ parameters: [HardwareParameter]
  ) -> String {
    let keys = parameters.map(\.key)
    let shown = word.count > 40 ? word.prefix(40) + "…" : word
    let what = "unknown key '\(shown)'\(owner)"
    if let near = Spelling.nearest(to: word, among: keys) {
      return "\(what); did you mean '\(near)'?"
    }
    return "\(what); the known keys are \(keys.joined(separator: ", "))"
  }

  // MARK: Values

  /// A text or one of the words of a choice, or `nil` if the key is absent.
  func text(_ parameter: HardwareParameter) throws(HardwareError) -> String? {
    guard let node = values[parameter.key] else { return nil }
    guard let scalar = node.scalar, !scalar.string.isEmpty else { throw mismatch(parameter, node) }
    if case .choice(let words) = parameter.type, !words.contains(scalar.string) {
      throw mismatch(parameter, node)
    }
    return scalar.string
  }

  /// A word or a list of words, or `nil` if the key is absent.
  func words(_ parameter: HardwareParameter) throws(HardwareError) -> [String]? {
    guard let node = values[parameter.key] else { return nil }
    let nodes: [Node] = if case .sequence(let sequence) = node { Array(sequence) } else { [node] }
    var words: [String] = []
    for node in nodes {
      guard let word = node.scalar?.string, !word.isEmpty else { throw mismatch(parameter, node) }
      words.append(word)
    }
    return words
  }

  /// A whole number in its range, or `nil` if the key is absent.
  func integer(_ parameter: HardwareParameter) throws(HardwareError) -> Int? {
    guard let node = values[parameter.key] else { return nil }
    // Text in quotes is text, whatever it looks like; and YAML's octal and sexagesimal numbers are a
    // trap for everyone else.
    guard case .integer(let range) = parameter.type, let scalar = node.scalar,
      scalar.style != .doubleQuoted, scalar.style != .singleQuoted,
      scalar.string.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-") }),
      let number = Int(scalar.string), range.contains(number)
    else { throw mismatch(parameter, node) }
    return number
  }

  /// A frequency in hertz, or `nil` if the key is absent.
  func frequency(_ parameter: HardwareParameter) throws(HardwareError) -> Double? {
    guard let node = values[parameter.key] else { return nil }
    guard case .frequency(let range) = parameter.type, let scalar = node.scalar,
      let hertz = Frequency.hertz(scalar.string), range.contains(hertz)
    else { throw mismatch(parameter, node) }
    return hertz
  }

  /// The entries of a list; the key must be there.
  func list(_ parameter: HardwareParameter) throws(HardwareError) -> [Node] {
    guard let node = values[parameter.key], case .sequence(let sequence) = node, !sequence.isEmpty
    else { throw mismatch(parameter, values[parameter.key]) }
    return Array(sequence)
  }

  private func mismatch(_ parameter: HardwareParameter, _ node: Node?) -> HardwareError {
    HardwareError(
      file: path, line: keyLines[parameter.key] ?? line,
      message: "'\(parameter.key)'\(owner) is \(shown(node)); \(parameter.requirement)")
  }

  private func shown(_ node: Node?) -> String {
    switch node {
    case .scalar(let scalar)? where scalar.string.isEmpty: "empty"
    case .scalar(let scalar)?:
      "'" + (scalar.string.count > 40 ? scalar.string.prefix(40) + "…" : scalar.string) + "'"
    case .mapping?: "a mapping"
    case .sequence(let sequence)?: sequence.isEmpty ? "an empty list" : "a list"
    case .alias?, nil: "nothing"
    }
  }
}
