/// What went wrong with a trace, where, and what to do about it.
///
/// ```swift
/// do {
///   let trace = try TraceReader(path: "digits-test.spikes")
/// } catch where error.code == .notATrace {
///   print(error)  // digits-test.spikes: not a trace: it begins with ...
/// }
/// ```
public struct TraceError: Error, Hashable, Sendable {
  /// The kind of failure, for programs.
  public var code: Code
  /// What went wrong and the remedy, for people.
  public var message: String
  /// The file concerned, if one is.
  public var file: String?
  /// Where in the file.
  public var location: Location

  /// Creates an error.
  public init(
    _ code: Code, _ message: String, file: String? = nil, location: Location = Location()
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.location = location
  }

  /// A place in a trace, as far as it is known.
  public struct Location: Hashable, Sendable {
    /// Bytes from the beginning of the file.
    public var byteOffset: UInt64?
    /// The record (sample), counted from 0 in file order.
    public var record: Int?
    /// The layer boundary, 0 being the network's input.
    public var boundary: Int?

    /// Creates a location.
    public init(byteOffset: UInt64? = nil, record: Int? = nil, boundary: Int? = nil) {
      self.byteOffset = byteOffset
      self.record = record
      self.boundary = boundary
    }
  }

  /// The kinds of failure.
  ///
  /// Kinds may be added, so a `switch` over them needs a `default`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Kind: String {
      case notATrace
      case unsupportedVersion
      case damaged
      case invalidHeader
      case invalidSample
      case outOfRange
      case alreadyExists
      case fileSystem
      case writerClosed
      case missingSamples
      case compression
      case malformedText
    }

    private let kind: Kind

    /// The code's name.
    public var description: String { kind.rawValue }

    /// The file is something else than a trace.
    public static let notATrace = Code(kind: .notATrace)
    /// The file is a trace of a format version this software does not read.
    public static let unsupportedVersion = Code(kind: .unsupportedVersion)
    /// Bytes of the trace are not what was written.
    public static let damaged = Code(kind: .damaged)
    /// The header describes no possible network.
    public static let invalidHeader = Code(kind: .invalidHeader)
    /// A sample does not fit the header of its trace.
    public static let invalidSample = Code(kind: .invalidSample)
    /// A sample, boundary or other index that the trace does not have was asked for.
    public static let outOfRange = Code(kind: .outOfRange)
    /// A file of that name exists and was not to be replaced.
    public static let alreadyExists = Code(kind: .alreadyExists)
    /// The operating system refused: no such file, no permission, no space.
    public static let fileSystem = Code(kind: .fileSystem)
    /// The writer was finished or abandoned before.
    public static let writerClosed = Code(kind: .writerClosed)
    /// A position of an ordered trace was never written.
    public static let missingSamples = Code(kind: .missingSamples)
    /// The compression library failed.
    public static let compression = Code(kind: .compression)
    /// A line of a JSON-lines trace is not what it should be.
    public static let malformedText = Code(kind: .malformedText)
  }
}

extension TraceError: CustomStringConvertible {
  /// One line: file, place, message.
  public var description: String {
    let place = location.description
    return [file, place.isEmpty ? nil : place, message].compactMap(\.self).joined(separator: ": ")
  }
}

extension TraceError.Location: CustomStringConvertible {
  /// The place as people write it: `record 7, boundary 2, byte 4096`.
  public var description: String {
    [
      record.map { "record \($0)" }, boundary.map { "boundary \($0)" },
      byteOffset.map { "byte \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
  }
}

extension TraceError {
  /// The same error with what it did not yet know about its place.
  package func locating(
    file: String? = nil, byteOffset: UInt64? = nil, record: Int? = nil, boundary: Int? = nil
  ) -> TraceError {
    var error = self
    error.file = error.file ?? file
    error.location.byteOffset = error.location.byteOffset ?? byteOffset
    error.location.record = error.location.record ?? record
    error.location.boundary = error.location.boundary ?? boundary
    return error
  }
}
