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
  private let values: [String: Node]
  private let lines: [String: Int]

  /// Checks that a node is a mapping with known keys.
  ///
  /// - Throws: ``YAMLTextError`` that names an unknown key and the nearest known one.
  package init(
    _ node: Node, path: String, line: Int, describing noun: String, owner: String = "",
    keys: [String]
  ) throws(YAMLTextError) {
    guard case .mapping(let mapping) = node else {
      throw YAMLTextError(
        file: path, line: node.mark?.line ?? line,
        message: "\(noun) must be 'key: value' lines with the keys \(keys.joined(separator: ", "))")
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
          message: "unknown key '\(word.prefix(40))'\(owner); "
            + (near.map { "did you mean '\($0)'?" }
              ?? "the known keys are \(keys.joined(separator: ", "))"))
      }
      values[word] = value
      lines[word] = keyLine
    }
    self.values = values
    self.lines = lines
  }

  /// The node of a key, if the key is there.
  package func node(_ key: String) -> Node? { values[key] }

  /// The line of a key, or of the mapping.
  package func line(of key: String) -> Int { lines[key] ?? line }

  /// A text, or `nil` if the key is absent.
  package func text(_ key: String, _ example: String) throws(YAMLTextError) -> String? {
    guard let node = values[key] else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw mismatch(key, "give a text such as \(example)")
    }
    return text
  }

  /// One of some words, or `nil` if the key is absent.
  package func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type
  ) throws(YAMLTextError) -> Choice? {
    guard let node = values[key] else { return nil }
    guard let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) else {
      throw mismatch(
        key, "give one of: " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  /// A whole number, or `nil` if the key is absent.
  package func integer(_ key: String, in range: ClosedRange<Int>) throws(YAMLTextError) -> Int? {
    guard let node = values[key] else { return nil }
    guard let text = plain(node), let number = Int(text), range.contains(number) else {
      throw mismatch(
        key, "give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A finite number, or `nil` if the key is absent.
  package func number(_ key: String) throws(YAMLTextError) -> Float? {
    guard let node = values[key] else { return nil }
    guard let text = plain(node), let number = Float(text), number.isFinite else {
      throw mismatch(key, "give a finite number such as 0.9")
    }
    return number
  }

  /// `true` or `false`, or `nil` if the key is absent.
  package func flag(_ key: String) throws(YAMLTextError) -> Bool? {
    guard let node = values[key] else { return nil }
    switch plain(node) {
    case "true": return true
    case "false": return false
    default: throw mismatch(key, "give true or false")
    }
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
      case .scalar(let scalar)?:
        "'" + (scalar.string.count > 40 ? scalar.string.prefix(40) + "…" : scalar.string) + "'"
      case .mapping?: "a mapping"
      case .sequence?: "a list"
      case .alias?, nil: "nothing"
      }
    return YAMLTextError(
      file: path, line: line(of: key), message: "'\(key)'\(owner) is \(shown); \(requirement)")
  }

  /// The text of an unquoted scalar: text in quotes is text, whatever it looks like.
  private func plain(_ node: Node) -> String? {
    guard let scalar = node.scalar, scalar.style != .doubleQuoted, scalar.style != .singleQuoted
    else { return nil }
    return scalar.string
  }
}
