/// The first frame of a record: whose it is, and where its boundaries are.
///
///     byte     1: a sample
///     varint   id
///     varint   label + 1, or 0 if unknown
///     varint   prediction + 1, or 0 if none
///     then for every boundary, the input's first:
///     varint   spikes
///     varint   bytes of its frame's content; 0 if it has no spikes, and so no frame
///     varint   bytes of its frame
struct RecordHead {
  var id: UInt64
  var label: Int?
  var prediction: Int?
  var boundaries: [BoundaryDescription]

  /// The most bytes that the head of a record with some number of boundaries has.
  static func contentBound(boundaries: Int) -> Int {
    1 + TraceFormat.varintLimit * (3 + 3 * boundaries)
  }

  /// The content of the head's frame.
  func encode(into content: inout [UInt8]) {
    content.append(TraceFormat.sampleRecord)
    content.appendVarint(id)
    content.appendVarint(label.map { $0 + 1 } ?? 0)
    content.appendVarint(prediction.map { $0 + 1 } ?? 0)
    for boundary in boundaries {
      content.appendVarint(boundary.spikes)
      content.appendVarint(boundary.contentLength)
      content.appendVarint(boundary.frameLength)
    }
  }

  /// Reads a head with a number of boundaries, or nil if that is not what the content is.
  init?(_ content: UnsafeRawBufferPointer, boundaries count: Int) {
    var cursor = ByteCursor(content)
    guard cursor.byte() == TraceFormat.sampleRecord, let id = cursor.varint(),
      let label = cursor.count(), let prediction = cursor.count()
    else { return nil }
    self.id = id
    self.label = label == 0 ? nil : label - 1
    self.prediction = prediction == 0 ? nil : prediction - 1
    boundaries = []
    boundaries.reserveCapacity(count)
    for _ in 0..<count {
      guard let boundary = Self.boundary(&cursor) else { return nil }
      boundaries.append(boundary)
    }
    guard cursor.isAtEnd else { return nil }
  }

  init(id: UInt64, label: Int?, prediction: Int?, boundaries: [BoundaryDescription]) {
    self.id = id
    self.label = label
    self.prediction = prediction
    self.boundaries = boundaries
  }

  /// Finds one boundary without making an array of all.
  ///
  /// - Returns: its description and the bytes of the frames between the head and it.
  static func locate(_ wanted: Int, in content: UnsafeRawBufferPointer) -> (
    boundary: BoundaryDescription, offset: Int
  )? {
    var cursor = ByteCursor(content)
    guard cursor.byte() == TraceFormat.sampleRecord, cursor.varint() != nil, cursor.count() != nil,
      cursor.count() != nil
    else { return nil }
    var offset = 0
    for index in 0...wanted {
      guard let boundary = Self.boundary(&cursor) else { return nil }
      if index == wanted { return (boundary, offset) }
      let (sum, overflow) = offset.addingReportingOverflow(boundary.frameLength)
      guard !overflow else { return nil }
      offset = sum
    }
    return nil
  }

  private static func boundary(_ cursor: inout ByteCursor) -> BoundaryDescription? {
    guard let spikes = cursor.count(), let contentLength = cursor.count(),
      let frameLength = cursor.count()
    else { return nil }
    let boundary = BoundaryDescription(
      spikes: spikes, contentLength: contentLength, frameLength: frameLength)
    return boundary.isConsistent ? boundary : nil
  }
}
