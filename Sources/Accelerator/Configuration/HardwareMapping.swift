import CheckedYAML
import Yams

/// One mapping of a hardware file, read by the declarations of its keys.
///
/// Creating it checks the keys; asking for a value checks its type and range. All errors name file,
/// line and remedy.
struct HardwareMapping {
  private let fields: YAMLFields

  /// The line of the first key.
  var line: Int { fields.line }
  /// The line of each key.
  var keyLines: [String: Int] { fields.keyLines }

  init(
    _ node: Node, path: String, line: Int, describing noun: String, owner: String,
    parameters: [HardwareParameter]
  ) throws(HardwareError) {
    do throws(YAMLTextError) {
      fields = try YAMLFields(
        node, path: path, line: line, describing: noun, owner: owner,
        example: Self.exampleLine(parameters), keys: parameters.map(\.key))
      for parameter in parameters
      where parameter.isRequired && fields.node(parameter.key) == nil {
        throw fields.missing(parameter.key, parameter.example)
      }
    } catch {
      throw HardwareError(error)
    }
  }

  private static func exampleLine(_ parameters: [HardwareParameter]) -> String {
    guard let first = parameters.first(where: \.isRequired) else { return "key: value" }
    return "\(first.key): \(first.example)"
  }

  /// A text or one of the words of a choice, or `nil` if the key is absent.
  func text(_ parameter: HardwareParameter) throws(HardwareError) -> String? {
    try value(parameter) { node in
      guard let text = node.text else { return nil }
      if case .choice(let words) = parameter.type, !words.contains(text) { return nil }
      return text
    }
  }

  /// A word or a list of words, or `nil` if the key is absent.
  func words(_ parameter: HardwareParameter) throws(HardwareError) -> [String]? {
    try value(parameter) { node in
      let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
      let words = nodes.compactMap(\.text)
      return words.count == nodes.count ? words : nil
    }
  }

  /// A whole number in its range, or `nil` if the key is absent.
  func integer(_ parameter: HardwareParameter) throws(HardwareError) -> Int? {
    try value(parameter) { node in
      guard case .integer(let range) = parameter.type else { return nil }
      return node.wholeNumber(in: range)
    }
  }

  /// A frequency in hertz, or `nil` if the key is absent.
  func frequency(_ parameter: HardwareParameter) throws(HardwareError) -> Double? {
    try value(parameter) { node in
      guard case .frequency(let range) = parameter.type,
        let hertz = node.text.flatMap(Frequency.hertz), range.contains(hertz)
      else { return nil }
      return hertz
    }
  }

  /// The entries of a list, or none if the key is absent.
  func list(_ parameter: HardwareParameter) throws(HardwareError) -> [Node] {
    try value(parameter) { node in
      guard case .sequence(let list) = node, !list.isEmpty else { return nil }
      return Array(list)
    } ?? []
  }

  private func value<Value>(
    _ parameter: HardwareParameter, _ read: (Node) -> Value?
  ) throws(HardwareError) -> Value? {
    do {
      return try fields.value(parameter.key, parameter.requirement, read)
    } catch {
      throw HardwareError(error)
    }
  }
}

extension HardwareError {
  /// What is wrong with the text of a hardware file.
  init(_ error: YAMLTextError) {
    self.init(file: error.file, line: error.line, message: error.message)
  }
}
