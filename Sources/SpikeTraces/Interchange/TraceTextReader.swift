/// Reads a trace in its text form, line by line; see ``TraceTextFormat``.
///
/// ```swift
/// var text = try TraceTextReader(path: "mine.jsonl")
/// while let sample = try text.next() { try writer.append(sample) }
/// ```
public struct TraceTextReader {
  /// The file.
  public let path: String
  /// What the samples are of.
  public let header: TraceHeader

  private let file: MappedFile
  private var offset = 0
  private var lineNumber = 0

  /// Opens a file and reads its first line.
  ///
  /// - Throws: ``TraceError``: `fileSystem`, `malformedText` or `invalidHeader`.
  public init(path: String) throws(TraceError) {
    self.path = path
    file = try MappedFile(path: path)
    var lines = Lines(file: file)
    guard let line = lines.next() else {
      throw TraceError(
        .malformedText, "the file is empty; its first line is the header", file: path)
    }
    do throws(TraceError) {
      header = try TraceTextFormat.header(line: line)
    } catch {
      throw error.locating(file: "\(path):\(lines.number)")
    }
    offset = lines.offset
    lineNumber = lines.number
  }

  /// Whether a file looks like a trace in text form rather than a binary one.
  public static func recognises(path: String) throws(TraceError) -> Bool {
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    return try MappedFile(path: path).withBytes { bytes in
      bytes.first { !blanks.contains($0) } == UInt8(ascii: "{")
    }
  }

  /// The next sample, or nil after the last.
  ///
  /// - Throws: ``TraceError`` `malformedText`, naming file and line.
  public mutating func next() throws(TraceError) -> SampleRecord? {
    var lines = Lines(file: file, offset: offset, number: lineNumber)
    defer {
      offset = lines.offset
      lineNumber = lines.number
    }
    guard let line = lines.next() else { return nil }
    do throws(TraceError) {
      return try TraceTextFormat.sample(line: line, header: header)
    } catch {
      throw error.locating(file: "\(path):\(lines.number)")
    }
  }

  /// The lines of a file that are not blank.
  private struct Lines {
    let file: MappedFile
    var offset = 0
    var number = 0

    mutating func next() -> ArraySlice<UInt8>? {
      while offset < file.count {
        let line = file.withBytes { bytes in
          Array(bytes[offset...].prefix { $0 != UInt8(ascii: "\n") })
        }
        offset = min(offset + line.count + 1, file.count)
        number += 1
        if line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { return line[...] }
      }
      return nil
    }
  }
}
