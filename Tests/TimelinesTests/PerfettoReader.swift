import Foundation
import Testing

/// A Perfetto trace as its viewer understands it: tracks, their slices and numbers, arrows.
struct PerfettoReader {
  struct Slice {
    let name: String
    let category: String
    let begin: UInt64
    var end: UInt64 = .max
    let numbers: [String: UInt64]
    let texts: [String: String]
    let leaving: [UInt64]
    let arriving: [UInt64]
  }

  struct Track {
    let identifier: UInt64
    let parent: UInt64?
    let name: String
    let isThread: Bool
    let isCounter: Bool
    var slices: [Slice] = []
    var values: [(time: UInt64, value: Double)] = []
  }

  private(set) var tracks: [UInt64: Track] = [:]

  /// - Throws: if the trace is malformed; slices that overlap, end twice or never are reported as
  ///   failures of the test.
  init(_ data: Data) throws {
    var names: [UInt64: [UInt64: String]] = [1: [:], 2: [:], 3: [:]]
    var open: [UInt64: Int] = [:]
    for packet in try ProtobufReader(data).messages(1) {
      #expect(packet.number(10) == 1)
      for data in try packet.messages(12) {
        for kind in UInt64(1)...3 {
          for word in try data.messages(kind) {
            names[kind]?[try #require(word.number(1))] = word.text(2)
          }
        }
      }
      if let track = try packet.messages(60).first { try add(track) }
      guard let event = try packet.messages(11).first else { continue }
      let time = try #require(packet.number(8))
      let track = try #require(event.number(11))
      try #require(tracks[track] != nil, "an event on a track that was not described")
      switch event.number(9) {
      case 1:
        #expect(open[track] == nil, "slices of a track overlap at \(time)")
        open[track] = tracks[track]?.slices.count
        var (numbers, texts) = ([String: UInt64](), [String: String]())
        for argument in try event.messages(4) {
          let name = try #require(names[3]?[argument.number(1) ?? 0])
          numbers[name] = argument.number(3)
          texts[name] = argument.text(6)
        }
        tracks[track]?.slices.append(
          Slice(
            name: try #require(names[2]?[event.number(10) ?? 0]),
            category: try #require(names[1]?[event.number(3) ?? 0]), begin: time,
            numbers: numbers, texts: texts, leaving: event.numbers(47),
            arriving: event.numbers(48)))
      case 2:
        let ended = open.removeValue(forKey: track)
        let position = try #require(ended, "no slice ends at \(time)")
        #expect(time >= tracks[track]?.slices[position].begin ?? 0)
        tracks[track]?.slices[position].end = time
      case 4:
        let value = Double(bitPattern: try #require(event.number(44)))
        tracks[track]?.values.append((time, value))
      default: Issue.record("an event of unknown type")
      }
    }
    #expect(open.isEmpty, "slices that never end")
  }

  private mutating func add(_ track: ProtobufReader) throws {
    let process = try track.messages(3).first
    let thread = try track.messages(4).first
    let identifier = try #require(track.number(1))
    #expect(tracks[identifier] == nil)
    tracks[identifier] = Track(
      identifier: identifier, parent: track.number(5),
      name: try #require(process?.text(6) ?? thread?.text(5) ?? track.text(2)),
      isThread: thread != nil, isCounter: try !track.messages(8).isEmpty)
  }

  /// The tracks within another.
  func children(of parent: String) -> [Track] {
    let owner = tracks.values.first { $0.name == parent && $0.parent == nil }
    return tracks.values.filter { $0.parent != nil && $0.parent == owner?.identifier }
      .sorted { $0.identifier < $1.identifier }
  }
}
