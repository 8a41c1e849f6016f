import Yams

/// One mapping of a YAML file, whose keys are checked first and whose values are checked when they
/// are asked for; all errors name file, line and remedy.
package struct YAMLFields {
  /// How error messages name the file.
  package let path: String
  /// What the mapping describes, as it follows a key in a message: ` of layer conv1`, or empty.
  package let owner: String
  /// The line of the first key.
  package let line: Int
  /// The line of each key.
  package let keyLines: [String: Int]
  private let values: [String: Node]

  /// Checks that a node is a mapping with known keys.
  ///
  /// `example` is a line of such a mapping; without one, messages name all keys.
  ///
  /// - Throws: ``YAMLTextError`` that names an unknown key and the nearest known one.
  package init(
    _ node: Node, path: String, line: Int, describing noun: String, owner: String = "",
    example: String? = nil, keys: [String]
  ) throws(YAMLTextError) {
    guard case .mapping(let mapping) = node else {
      throw YAMLTextError(
        file: path, line: node.mark?.line ?? line,
        message: "\(noun) must be 'key: value' lines"
          + (example.map { ", such as '\($0)'" } ?? " with the keys \(keys.joined(separator: ", "))")
      )
    }
    self.path = path
    self.owner = owner
    self.line = mapping.first?.key.mark?.line ?? line
    var values: [String: Node] = [:]
    var lines: [String: Int] = [:]
    for (key, value) in mapping {
      let word = key.scalar?.string ?? "[...]"
      let keyLine = key.mark?.line ?? line
      guard keys.contains(word) else {
        let near = Spelling.nearest(to: word, among: keys)
        throw YAMLTextError(
          file: path, line: keyLine,
          message: "unknown key '\(Self.short(word))'\(owner); "
            + (near.map { "did you mean '\($0)'?" }
              ?? "the known keys are \(keys.joined(separator: ", "))"))
      }
      values[word] = value
      lines[word] = keyLine
    }
    self.values = values
    keyLines = lines
  }

  /// The node of a key, if the key is there.
  package func node(_ key: String) -> Node? { values[key] }

  /// The line of a key, or of the mapping.
  package func line(of key: String) -> Int { keyLines[key] ?? line }

  /// What `read` makes of a key's node, or `nil` if the key is absent.
  ///
  /// - Throws: ``YAMLTextError`` with the requirement if `read` makes nothing of it.
  package func value<Value>(
    _ key: String, _ requirement: String, _ read: (Node) -> Value?
  ) throws(YAMLTextError) -> Value? {
    guard let node = values[key] else { return nil }
    guard let value = read(node) else { throw mismatch(key, requirement) }
    return value
  }

  /// A text, or `nil` if the key is absent.
  package func text(_ key: String, _ example: String) throws(YAMLTextError) -> String? {
    try value(key, "give a text such as \(example)", \.text)
  }

  /// One of some words, or `nil` if the key is absent.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(YAMLTextError) -> Choice? {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(key, "give one of: \(words)") { $0.text.flatMap(Choice.init) }
  }

  /// A whole number, or `nil` if the key is absent.
  package func integer(_ key: String, in range: ClosedRange<Int>) throws(YAMLTextError) -> Int? {
    try value(key, "give a whole number from \(range.lowerBound) to \(range.upperBound)") {
      $0.wholeNumber(in: range)
    }
  }

  /// A finite number, or `nil` if the key is absent.
  package func number(_ key: String) throws(YAMLTextError) -> Float? {
    try value(key, "give a finite number such as 0.9") { node in
      node.plain.flatMap { Float($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// `true` or `false`, or `nil` if the key is absent.
  package func flag(_ key: String) throws(YAMLTextError) -> Bool? {
    try value(key, "give true or false") { ["true": true, "false": false][$0.plain ?? ""] }
  }

  /// The error of a key that is missing.
  package func missing(_ key: String, _ example: String) -> YAMLTextError {
    YAMLTextError(
      file: path, line: line,
      message: "'\(key)'\(owner) is missing; add it, for example '\(key): \(example)'")
  }

  /// The error of a value that is not what its key needs.
  package func mismatch(_ key: String, _ requirement: String) -> YAMLTextError {
    let shown =
      switch values[key] {
      case .scalar(let scalar)? where scalar.string.isEmpty: "empty"
      case .scalar(let scalar)?: "'\(Self.short(scalar.string))'"
      case .mapping?: "a mapping"
      case .sequence(let sequence)?: sequence.isEmpty ? "an empty list" : "a list"
      case .alias?, nil: "nothing"
      }
    return YAMLTextError(
      file: path, line: line(of: key), message: "'\(key)'\(owner) is \(shown); \(requirement)")
  }

  private static func short(_ text: String) -> String {
    text.count > 40 ? text.prefix(40) + "…" : text
  }
}

extension Node {
  /// The text of a scalar, however it is written; nil if there is none.
  package var text: String? { scalar.flatMap { $0.string.isEmpty ? nil : $0.string } }

  /// The text of an unquoted scalar: text in quotes is text, whatever it looks like.
  var plain: String? {
    guard let scalar, scalar.style != .doubleQuoted, scalar.style != .singleQuoted else {
      return nil
    }
    return scalar.string
  }

  /// A whole number of decimal digits: YAML's octal and sexagesimal numbers are a trap for everyone
  /// who does not know them, and `+5` is a slip as often as a number.
  package func wholeNumber(in range: ClosedRange<Int>) -> Int? {
    guard let plain, plain.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-") }),
      let number = Int(plain), range.contains(number)
    else { return nil }
    return number
  }
}
