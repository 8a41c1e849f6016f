import Yams

extension YAMLText {
  /// The tree of the text, or `nil` if there is nothing in it.
  package func compose() throws(YAMLTextError) -> Node? {
    func failure(_ line: Int?, _ message: String) -> YAMLTextError {
      YAMLTextError(file: path, line: line, message: message)
    }
    do {
      // The line breaks keep the text out of Swift's inline form for short strings: the parser holds
      // a pointer to its bytes.
      let padding = String(repeating: "\n", count: 16)
      let root = try Parser(yaml: text + padding, encoding: .utf8).singleRoot()
      if case .scalar(let scalar)? = root, scalar.string.isEmpty { return nil }
      return root
    } catch let error as YamlError {
      let lines = max(
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count, 1)
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
          Self.repetition(of: key, after: context.mark, in: text) ?? context.mark.line,
          "the key '\(key)' is there twice; remove one of them")
      case .reader(let problem, _, _, _):
        throw failure(nil, "this is not text that YAML allows (\(problem)); remove odd characters")
      default:
        throw failure(nil, "this is not valid YAML; compare it with \(subject.guide)")
      }
    } catch {
      throw failure(nil, "this is not valid YAML; compare it with \(subject.guide)")
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
