import Foundation

/// The text of a YAML file that people write, checked to be harmless before a parser sees it.
///
/// Such files are a page long and flat. Refusing what none of them needs (megabytes, deep nesting,
/// anchors that multiply, tags that build objects) bounds time and memory of everything after.
package struct YAMLText {
  /// What a file describes, as messages say it.
  package struct Subject: Sendable {
    /// The kind of file: `hardware file`.
    package let noun: String
    /// Where the file's keys are explained: `docs/HardwareFile.md`.
    package let guide: String
    /// What to do if there is no such file.
    package let whereToFindOne: String

    /// Creates a subject.
    package init(noun: String, guide: String, whereToFindOne: String) {
      self.noun = noun
      self.guide = guide
      self.whereToFindOne = whereToFindOne
    }
  }

  static let largestFile = 1 << 20
  static let longestLine = 1000
  static let deepestNesting = 16

  /// How error messages name the file.
  package let path: String
  /// The content.
  package let text: String
  let subject: Subject

  /// Reads and checks a file.
  package init(path: String, subject: Subject) throws(YAMLTextError) {
    try self.init(path: path, data: Self.read(path, subject), subject: subject)
  }

  /// Checks the content of a file.
  package init(path: String, data: Data, subject: Subject) throws(YAMLTextError) {
    guard data.count <= Self.largestFile else {
      throw YAMLTextError(
        file: path,
        message: "the file is larger than 1 MiB; a \(subject.noun) is a page of YAML text")
    }
    guard let text = String(data: data, encoding: .utf8), !text.unicodeScalars.contains("\0") else {
      throw YAMLTextError(
        file: path,
        message: "the file is not text in UTF-8; give a \(subject.noun) in YAML")
    }
    self.path = path
    self.text = text
    self.subject = subject
    try refuseExcess()
  }

  private static func read(_ path: String, _ subject: Subject) throws(YAMLTextError) -> Data {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if !exists {
      throw YAMLTextError(
        file: path,
        message: "there is no such file; \(subject.whereToFindOne)")
    }
    if isDirectory.boolValue {
      throw YAMLTextError(file: path, message: "this is a folder; name one of the files in it")
    }
    // One byte more than allowed is enough to see that a file, or a pipe, is too long.
    guard let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: largestFile + 1)
    else {
      throw YAMLTextError(
        file: path, message: "the file cannot be read; check its permissions with 'ls -l'")
    }
    return data
  }

  /// Throws at the first line that is too long, nests too deeply, or uses an anchor, alias or tag.
  private func refuseExcess() throws(YAMLTextError) {
    var depth = 0
    var quote: Character?
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if line.utf8.count > Self.longestLine {
        throw error(number, "the line is longer than \(Self.longestLine) characters; break it")
      }
      // A quoted text may go on in the next line, and everything in it is harmless.
      var expectsValue = true
      var previous: Character = " "
      scan: for character in line {
        if let open = quote {
          if character == open { quote = nil }
        } else {
          switch character {
          case "#" where previous == " " || previous == "\t": break scan
          case "\"" where expectsValue, "'" where expectsValue: quote = character
          case "&" where expectsValue, "*" where expectsValue, "!" where expectsValue:
            throw error(
              number,
              "anchors, aliases and tags ('&', '*', '!') have no place in a \(subject.noun); "
                + "write the value itself, or put quotes around text")
          case "[", "{":
            depth += 1
            if depth > Self.deepestNesting {
              throw error(number, "brackets are nested too deeply; use plain 'key: value' lines")
            }
          case "]", "}": depth = max(depth - 1, 0)
          default: break
          }
        }
        if character != " ", character != "\t" { expectsValue = ":-?,[{".contains(character) }
        previous = character
      }
    }
  }

  private func error(_ line: Int, _ message: String) -> YAMLTextError {
    YAMLTextError(file: path, line: line, message: message)
  }
}
