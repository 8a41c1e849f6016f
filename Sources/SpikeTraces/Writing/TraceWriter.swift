import Synchronization

/// Writes a trace, sample by sample, from any number of threads.
///
/// Encoding and compression happen in the calling thread, writing under a lock. Until
/// ``finish()`` the file is called `PATH.partial`; after a crash that file is left and
/// ``TraceReader`` reads it up to its last whole record.
///
/// ```swift
/// let writer = try TraceWriter(path: "digits-test.spikes", header: header)
/// for sample in samples { try writer.append(sample) }
/// try writer.finish()
/// ```
///
/// ``append(_:)`` stores records in the order of its calls. Threads that run ahead of each other
/// use ``append(_:at:)``, which stores them by position, so that the file is the same, byte for
/// byte, on any number of threads. Use one or the other for a file.
///
/// Memory stays constant but for a few bytes a record (the index) and, with ``append(_:at:)``, the
/// compressed records that wait for an earlier one.
public final class TraceWriter: Sendable {
  /// The name the trace will have.
  public let path: String
  /// What the trace says of its network.
  public let header: TraceHeader

  private let shapes: [LayerShape]
  private let codecs = SpikeCodecPool()
  private let reorderingLimit: Int
  private let state: Mutex<State>

  private struct State {
    /// Nil once the writer is finished or abandoned.
    var output: OutputFile?
    /// The first failure to write: the file ends in the middle of a record, nothing may follow.
    var failure: TraceError?
    var recordLengths: [UInt64] = []
    /// Records by position that wait for an earlier one.
    var waiting: [Int: [UInt8]] = [:]
    var waitingBytes = 0
  }

  /// Creates the file and writes the header.
  ///
  /// - Parameters:
  ///   - path: the name the trace will have once it is finished.
  ///   - header: what the samples are of; see ``TraceHeader/validate()``.
  ///   - overwrite: whether a file of this name, finished or not, may be replaced.
  ///   - reorderingLimit: bytes of compressed records that ``append(_:at:)`` may hold back.
  /// - Throws: ``TraceError`` `invalidHeader`, `alreadyExists` or `fileSystem`.
  public init(
    path: String, header: TraceHeader, overwrite: Bool = false, reorderingLimit: Int = 256 << 20
  ) throws(TraceError) {
    try header.validate()
    self.path = path
    self.header = header
    self.reorderingLimit = reorderingLimit
    shapes = header.boundaries
    let json = try header.encoded()
    guard json.count <= TraceFormat.headerLimit else {
      throw TraceHeader.invalid("it has \(json.count) bytes; \(TraceFormat.headerLimit) may be")
    }
    let output = try OutputFile(path: path, overwrite: overwrite)
    do throws(TraceError) {
      try output.write(TraceFormat.opening)
      try output.write(Zstandard.compress(json))
    } catch {
      output.abandon(deleting: true)
      throw error
    }
    state = Mutex(State(output: output))
  }

  /// Stores a sample after those stored so far.
  ///
  /// - Throws: ``TraceError`` `invalidSample` if the sample does not fit the header, after which
  ///   the writer goes on; `fileSystem` if it cannot be written, after which it does not.
  public func append(_ sample: SampleRecord) throws(TraceError) {
    try encode(sample) { head, frames throws(TraceError) in
      try state.withLock { state throws(TraceError) in
        try Self.store(head, frames, &state, path)
      }
    }
  }

  /// Stores a sample at a position of the file.
  ///
  /// Positions count from 0, and each must be used once before ``finish()``. A record that comes
  /// early is kept in memory, compressed, until those before it have come; so hand out positions
  /// to threads in rising order.
  ///
  /// - Throws: ``TraceError`` `invalidSample` if the sample does not fit the header or the position
  ///   is taken, `missingSamples` if too much waits for a record that does not come, `fileSystem`
  ///   if it cannot be written.
  public func append(_ sample: SampleRecord, at position: Int) throws(TraceError) {
    try encode(sample) { head, frames throws(TraceError) in
      try state.withLock { state throws(TraceError) in
        let next = state.recordLengths.count
        guard position >= next, state.waiting[position] == nil else {
          throw TraceError(
            .invalidSample, "position \(position) is taken; every position is written once",
            file: path)
        }
        guard position == next else {
          let length = head.count + frames.count
          guard state.waitingBytes + length <= reorderingLimit else {
            throw TraceError(
              .missingSamples,
              "\(state.waiting.count) records wait for position \(next); hand out positions in "
                + "rising order or raise the reordering limit of \(reorderingLimit) bytes",
              file: path)
          }
          state.waiting[position] = Array(head) + Array(frames)
          state.waitingBytes += length
          return
        }
        try Self.store(head, frames, &state, path)
        while let record = state.waiting.removeValue(forKey: state.recordLengths.count) {
          state.waitingBytes -= record.count
          try record.withRawBytes { record throws(TraceError) in
            try Self.store(record, UnsafeRawBufferPointer(start: nil, count: 0), &state, path)
          }
        }
      }
    }
  }

  /// Writes the index, makes the file durable and gives it its name.
  ///
  /// - Throws: ``TraceError``: `missingSamples` if a position was never written; `fileSystem` if
  ///   the system refuses; `writerClosed` if this was done before. The partial file remains.
  public func finish() throws(TraceError) {
    try state.withLock { state throws(TraceError) in
      let output = try Self.output(of: state, path)
      guard state.waiting.isEmpty else {
        throw TraceError(
          .missingSamples,
          "position \(state.recordLengths.count) was never written, but later ones were", file: path
        )
      }
      do throws(TraceError) {
        try output.write(
          TraceIndex.closingFrame(recordLengths: state.recordLengths, at: output.length))
        try output.finish()
      } catch {
        state.failure = error
        throw error
      }
      state.output = nil
    }
  }

  /// Gives the trace up: nothing appears under its name.
  ///
  /// - Parameter keepingPartial: whether the records so far remain in `PATH.partial`.
  public func abandon(keepingPartial: Bool = false) {
    state.withLock { state in
      state.output?.abandon(deleting: !keepingPartial)
      state.output = nil
    }
  }

  /// Calls a closure with the record's bytes: the head's frame and the boundaries' frames.
  private func encode(
    _ sample: SampleRecord,
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws(TraceError) -> Void
  ) throws(TraceError) {
    try validate(sample)
    try codecs.withCodec { codec throws(TraceError) in
      var head = RecordHead(
        id: sample.id, label: sample.label, prediction: sample.prediction, boundaries: [])
      head.boundaries.reserveCapacity(sample.boundaries.count)
      var length = 0
      for planes in sample.boundaries {
        let boundary = try codec.encode(planes, at: length)
        length += boundary.frameLength
        head.boundaries.append(boundary)
      }
      var content: [UInt8] = []
      content.reserveCapacity(RecordHead.contentBound(boundaries: head.boundaries.count))
      head.encode(into: &content)
      let headLength = try content.withRawBytes { content throws(TraceError) in
        try codec.appendFrame(content, at: length)
      }
      let bytes = UnsafeRawBufferPointer(codec.frames.bytes)
      try body(
        UnsafeRawBufferPointer(rebasing: bytes[length..<length + headLength]),
        UnsafeRawBufferPointer(rebasing: bytes[..<length]))
    }
  }

  private func validate(_ sample: SampleRecord) throws(TraceError) {
    func refuse(_ message: String) -> TraceError {
      TraceError(.invalidSample, "sample \(sample.id) \(message)", file: path)
    }
    guard sample.boundaries.count == shapes.count else {
      throw refuse(
        "has \(sample.boundaries.count) boundaries; the header has \(shapes.count)")
    }
    guard sample.label.map({ 0..<1 << 62 ~= $0 }) ?? true,
      sample.prediction.map({ 0..<1 << 62 ~= $0 }) ?? true
    else { throw refuse("has a negative label or prediction; use nil for none") }
    for (index, (planes, shape)) in zip(sample.boundaries, shapes).enumerated()
    where planes.timeSteps != header.timeSteps || planes.neurons != shape.neurons {
      throw refuse(
        "has \(planes.timeSteps) steps x \(planes.neurons) neurons at boundary \(index); the "
          + "header says \(header.timeSteps) x \(shape.neurons)")
    }
  }

  private static func output(of state: borrowing State, _ path: String) throws(TraceError)
    -> OutputFile
  {
    if let failure = state.failure { throw failure }
    guard let output = state.output else {
      throw TraceError(.writerClosed, "the trace was finished or abandoned before", file: path)
    }
    return output
  }

  private static func store(
    _ head: UnsafeRawBufferPointer, _ frames: UnsafeRawBufferPointer, _ state: inout State,
    _ path: String
  ) throws(TraceError) {
    let output = try output(of: state, path)
    do throws(TraceError) {
      try output.write(head)
      try output.write(frames)
    } catch {
      state.failure = error
      throw error
    }
    state.recordLengths.append(UInt64(head.count + frames.count))
  }
}
