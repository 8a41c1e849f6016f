/// Recordings of an event sensor in files, decoded when they are asked for.
public struct EventRecordings: LabelledSamples {
  /// The data set's name, for people: `n-mnist`.
  public let name: String
  /// The sensor: two channels (OFF, ON), rows, columns.
  public let frame: FrameShape
  /// Number of classes; labels are 0 ..< classes.
  public let classes: Int
  /// The class of each recording.
  public let labels: [Int]
  private let recordings: [any EventRecording]

  /// - Throws: ``DatasetError`` (`mismatch`) if a label is not a class.
  init(
    name: String, height: Int, width: Int, classes: Int,
    recordings: [(recording: any EventRecording, label: Int)]
  ) throws(DatasetError) {
    if let stranger = recordings.first(where: { $0.label < 0 || $0.label >= classes }) {
      throw DatasetError(
        .mismatch, "a label is \(stranger.label), but there are \(classes) classes",
        remedy: "fetch the data set again", location: stranger.recording.path)
    }
    self.name = name
    frame = FrameShape(channels: 2, height: height, width: width)
    self.classes = classes
    labels = recordings.map(\.label)
    self.recordings = recordings.map(\.recording)
  }

  /// Events.
  public var kind: SampleKind { .events }

  /// One recording.
  public func sample(_ index: Int) throws(DatasetError) -> Sample {
    let recording = recordings[index]
    let events = try recording.events()
    if let position = firstOutside(events) {
      throw .corrupt(
        recording.path,
        "event \(position) is at column \(events[position].x), row \(events[position].y), but the"
          + " sensor has \(frame.width)x\(frame.height) pixels")
    }
    return .events(events)
  }

  /// The first event that is not on the sensor.
  private func firstOutside(_ events: [Event]) -> Int? {
    // Nearly always there is none: the largest coordinates are found quicker than each is judged.
    var (column, row) = (UInt16(0), UInt16(0))
    for event in events {
      column = max(column, event.x)
      row = max(row, event.y)
    }
    guard Int(column) >= frame.width || Int(row) >= frame.height else { return nil }
    return events.firstIndex { Int($0.x) >= frame.width || Int($0.y) >= frame.height }
  }
}

/// One recording in a file: what a reader of a format is.
protocol EventRecording: Sendable {
  /// The file.
  var path: String { get }

  /// Its events, in the order of the file.
  ///
  /// - Throws: ``DatasetError``: `unreadable`, or `corrupt` with the record's number.
  func events() throws(DatasetError) -> [Event]
}
