import CheckedYAML

/// The oddities of a published design that change its cycles or counts, each of which can be left
/// in, as published, or repaired.
///
/// The raw value is the name on the command line and in hardware files: `early-done`.
public protocol PlatformQuirk: RawRepresentable<String>, CaseIterable, Hashable, Codable, Sendable
where AllCases == [Self] {
  /// One line: what the published hardware does.
  var explanation: String { get }
  /// One line: what the repaired hardware does instead.
  var repair: String { get }
  /// The heading of the platform's document that describes it.
  var section: String { get }
}

extension Set where Element: PlatformQuirk {
  /// The hardware exactly as it was published.
  public static var published: Self { Set(Element.allCases) }
  /// None of the oddities.
  public static var repaired: Self { [] }

  /// Reads a choice of quirks.
  ///
  /// - Parameter words: `published` (all), `repaired` (none), or the names of those that are
  ///   present; after `published`, a name with a minus before it takes that one away:
  ///   `["published", "-early-done"]`.
  /// - Throws: ``QuirkError`` for a word that is none of these.
  public init(words: [String]) throws(QuirkError) {
    self = []
    for (position, word) in words.enumerated() {
      switch word {
      case "published" where position == 0: self = .published
      case "repaired" where words.count == 1: self = .repaired
      default:
        let isRemoval = word.hasPrefix("-")
        let name = isRemoval ? String(word.dropFirst()) : word
        guard let quirk = Element(rawValue: name), !isRemoval || words.first == "published" else {
          throw QuirkError(word: word, names: Element.allCases.map(\.rawValue))
        }
        if isRemoval { remove(quirk) } else { insert(quirk) }
      }
    }
  }

  /// The shortest words for this choice, as ``init(words:)`` reads them.
  public var words: [String] {
    let names = Element.allCases.filter(contains).map(\.rawValue)
    if names.isEmpty { return ["repaired"] }
    let missing = Element.allCases.filter { !contains($0) }.map { "-\($0.rawValue)" }
    return missing.count < names.count ? ["published"] + missing : names
  }

  /// The option that chooses the same without one of them, for advice: `--quirks published,-x`.
  ///
  /// - Parameter quirk: the one to leave out.
  /// - Returns: what to write on the command line.
  func option(without quirk: Element) -> String {
    "--quirks " + subtracting([quirk]).words.joined(separator: ",")
  }
}

/// A word that names no quirk of a platform.
public struct QuirkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The word.
  public let word: String
  /// What the platform has.
  public let names: [String]

  /// What is wrong, and what to do.
  public var description: String {
    let suggestion = Spelling.nearest(to: word, among: names).map { "did you mean '\($0)'? " } ?? ""
    return "'\(word)' is no quirk of this platform; \(suggestion)use 'published', 'repaired', or "
      + "some of \(names.joined(separator: ", "))"
  }
}
