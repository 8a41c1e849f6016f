import Foundation

/// Reads a trace that stays in its file: memory-mapped, by sample and boundary, from any thread.
///
/// ```swift
/// let trace = try TraceReader(path: "digits-test.spikes")
/// if let warning = trace.recoveryWarning { print(warning) }
/// var planes = SpikePlanes(timeSteps: 0, neurons: 0)
/// for sample in 0..<trace.sampleCount {
///   try trace.boundary(1, of: sample, into: &planes)  // decodes this boundary alone
/// }
/// ```
///
/// Opening reads the header and the index. A file without its end (the writer crashed, the disk was
/// full) is read up to its last whole record, and ``recoveryWarning`` says so.
public final class TraceReader: Sendable {
  /// The file.
  public let path: String
  /// What the samples are of.
  public let header: TraceHeader
  /// Why and how far the file was recovered; nil if it is whole.
  public let recoveryWarning: String?

  /// The shapes of the boundaries.
  let shapes: [LayerShape]
  let file: MappedFile
  /// Where every record begins and, last, where the records end.
  let offsets: [Int]
  let codecs = SpikeCodecPool()

  /// Opens a trace.
  ///
  /// - Throws: ``TraceError``: `fileSystem`, `notATrace`, `unsupportedVersion`, or `damaged` or
  ///   `invalidHeader` if not even the header can be read.
  public init(path: String) throws(TraceError) {
    self.path = path
    file = try MappedFile(path: path)
    do throws(TraceError) {
      let codecs = codecs
      (header, offsets, recoveryWarning) = try file.withBytes { bytes throws(TraceError) in
        try Self.checkOpening(bytes)
        let (header, firstRecord) = try Self.readHeader(bytes)
        if let offsets = TraceIndex.recordOffsets(in: bytes, from: firstRecord) {
          return (header, offsets, nil)
        }
        let offsets = try Self.recover(bytes, from: firstRecord, header: header, codecs: codecs)
        return (header, offsets, Self.warning(path: path, offsets: offsets, size: bytes.count))
      }
    } catch {
      throw error.locating(file: path)
    }
    shapes = header.boundaries
  }

  /// The samples in the trace.
  public var sampleCount: Int { offsets.count - 1 }

  /// The file's length in bytes.
  public var byteCount: Int { file.count }

  /// What the trace knows of a sample, without decoding its spikes.
  public func summary(of index: Int) throws(TraceError) -> SampleSummary {
    let head = try head(of: index)
    return SampleSummary(
      id: head.id, label: head.label, prediction: head.prediction,
      spikeCounts: head.boundaries.map(\.spikes), storedBytes: offsets[index + 1] - offsets[index])
  }

  /// The spikes of one boundary of one sample; reads no other.
  public func boundary(_ boundary: Int, of index: Int) throws(TraceError) -> SpikePlanes {
    var planes = SpikePlanes(timeSteps: 0, neurons: 0)
    try self.boundary(boundary, of: index, into: &planes)
    return planes
  }

  /// The spikes of one boundary of one sample, into planes that are reused.
  ///
  /// Allocates nothing if the planes have the boundary's extent, as they have after the first call.
  public func boundary(
    _ boundary: Int, of index: Int, into planes: inout SpikePlanes
  ) throws(TraceError) {
    guard shapes.indices ~= boundary else {
      throw TraceError(
        .outOfRange,
        "there is no boundary \(boundary); the trace has \(shapes.count), counted from 0",
        file: path)
    }
    let neurons = shapes[boundary].neurons
    if planes.timeSteps != header.timeSteps || planes.neurons != neurons {
      planes = SpikePlanes(timeSteps: header.timeSteps, neurons: neurons)
    }
    do throws(TraceError) {
      try withRecord(index) { record, codec throws(TraceError) in
        let (head, headLength) = try self.headContent(of: record, codec)
        guard let (description, offset) = RecordHead.locate(boundary, in: head),
          description.frameLength <= record.count - headLength,
          offset <= record.count - headLength - description.frameLength
        else { throw Self.damagedHead }
        let first = headLength + offset
        let frame = record[first..<first + description.frameLength]
        try codec.decode(
          UnsafeRawBufferPointer(rebasing: frame), of: description, into: &planes)
      }
    } catch {
      throw error.locating(boundary: error.code == .outOfRange ? nil : boundary)
    }
  }

  /// A sample with the spikes of all its boundaries.
  public func sample(_ index: Int) throws(TraceError) -> SampleRecord {
    let head = try head(of: index)
    var boundaries: [SpikePlanes] = []
    boundaries.reserveCapacity(shapes.count)
    for boundary in shapes.indices {
      boundaries.append(try self.boundary(boundary, of: index))
    }
    return SampleRecord(
      id: head.id, label: head.label, prediction: head.prediction, boundaries: boundaries)
  }
}

extension TraceReader {
  static var damagedHead: TraceError {
    TraceError(.damaged, "the record's head is not what was written")
  }

  /// Calls a closure with the bytes of a record and a codec, and locates what it throws.
  func withRecord<Result>(
    _ index: Int, _ body: (UnsafeRawBufferPointer, SpikeCodec) throws(TraceError) -> Result
  ) throws(TraceError) -> Result {
    guard 0..<sampleCount ~= index else {
      throw TraceError(
        .outOfRange,
        "there is no sample \(index); the trace has \(sampleCount), counted from 0", file: path)
    }
    let range = offsets[index]..<offsets[index + 1]
    do throws(TraceError) {
      return try file.withBytes { bytes throws(TraceError) in
        try codecs.withCodec { codec throws(TraceError) in
          try body(UnsafeRawBufferPointer(rebasing: bytes[range]), codec)
        }
      }
    } catch {
      throw error.locating(file: path, byteOffset: UInt64(range.lowerBound), record: index)
    }
  }

  /// The head of a record, all of it.
  func head(of index: Int) throws(TraceError) -> RecordHead {
    try withRecord(index) { record, codec throws(TraceError) in
      let (content, headLength) = try headContent(of: record, codec)
      guard let head = RecordHead(content, boundaries: shapes.count),
        head.framesLength == record.count - headLength
      else { throw Self.damagedHead }
      return head
    }
  }

  /// The content of a record's head, valid until the codec is used again, and its frame's length.
  func headContent(
    of record: UnsafeRawBufferPointer, _ codec: SpikeCodec
  ) throws(TraceError) -> (content: UnsafeRawBufferPointer, frameLength: Int) {
    try Self.headContent(of: record, boundaries: shapes.count, codec)
  }

  static func headContent(
    of record: UnsafeRawBufferPointer, boundaries: Int, _ codec: SpikeCodec
  ) throws(TraceError) -> (content: UnsafeRawBufferPointer, frameLength: Int) {
    guard let length = ZstandardContext.frameLength(record) else { throw damagedHead }
    let frame = UnsafeRawBufferPointer(rebasing: record[..<length])
    guard let contentLength = ZstandardContext.contentLength(frame),
      1...RecordHead.contentBound(boundaries: boundaries) ~= contentLength
    else { throw damagedHead }
    return (try codec.decompress(frame, expecting: contentLength), length)
  }

  private static func checkOpening(_ bytes: UnsafeRawBufferPointer) throws(TraceError) {
    guard !bytes.isEmpty else {
      throw TraceError(.notATrace, "the file is empty; a trace was never written to it")
    }
    let expected = TraceFormat.opening
    let signed = expected.count - 4
    guard bytes.prefix(signed).elementsEqual(expected.prefix(min(signed, bytes.count))) else {
      throw TraceError(
        .notATrace,
        "not a trace: it does not begin with the signature \"lockstep-spikes\"; "
          + "traces are made by `lockstep train` and `lockstep trace convert`")
    }
    guard bytes.count >= expected.count else {
      throw TraceError(
        .damaged, "the file ends within its first \(expected.count) bytes; record it again")
    }
    let version = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: signed, as: UInt32.self))
    guard version == TraceFormat.version else {
      throw TraceError(
        .unsupportedVersion,
        "the trace has format version \(version); this software reads version "
          + "\(TraceFormat.version): use the release that wrote it")
    }
  }

  private static func readHeader(_ bytes: UnsafeRawBufferPointer) throws(TraceError)
    -> (header: TraceHeader, end: Int)
  {
    let start = TraceFormat.openingLength
    let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
    do throws(TraceError) {
      guard let length = ZstandardContext.frameLength(rest) else {
        throw TraceError(.damaged, "the header is cut off or damaged; record the trace again")
      }
      let frame = UnsafeRawBufferPointer(rebasing: rest[..<length])
      let json = try Zstandard.decompress(frame, limit: TraceFormat.headerLimit)
      return (try TraceHeader(json: json), start + length)
    } catch {
      throw error.locating(byteOffset: UInt64(start))
    }
  }
}

extension RecordHead {
  /// Bytes of all boundaries' frames; -1 if that is more than a file can have.
  var framesLength: Int {
    var sum = 0
    for boundary in boundaries {
      let (next, overflow) = sum.addingReportingOverflow(boundary.frameLength)
      guard !overflow else { return -1 }
      sum = next
    }
    return sum
  }
}
