/// Words as a shell reads them.
public enum ShellText {
  /// A word that stays one word, whatever is in it.
  ///
  /// - Parameter word: the word.
  /// - Returns: the word itself if a shell leaves it alone, else in single quotes.
  public static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "_./:=,@%+-".unicodeScalars.contains(scalar)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
