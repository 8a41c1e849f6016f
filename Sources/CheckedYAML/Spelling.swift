/// Finds what a writer may have meant.
package enum Spelling {
  /// The candidate nearest to `word`, if it is near enough to be a slip.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(2, word.count / 3)
    let normalised = normalise(word)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = editDistance(normalised, normalise(candidate))
      if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  private static func normalise(_ word: String) -> [Character] {
    Array(word.prefix(100).lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
  }

  /// Levenshtein's distance: insertions, deletions and replacements that turn one into the other.
  private static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var row = Array(0...second.count)
    for (i, left) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in second.enumerated() {
        let replaced = diagonal + (left == right ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
