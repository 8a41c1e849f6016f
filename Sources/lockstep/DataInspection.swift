import Datasets
import Foundation
import Reports

/// What the samples of one part of a data set are, decoded one by one.
struct DataInspection: Encodable {
  let part: String
  let kind: String
  let samples: Int
  let decoded: Int
  let classes: Int
  let frame: String
  /// Samples of every class.
  let samplesOfClass: [Int]
  /// Of the values of images.
  private(set) var values: Range?
  /// Events of a recording.
  private(set) var events: Range?
  /// Milliseconds of a recording.
  private(set) var milliseconds: Range?
  /// The part of the events that is ON.
  private(set) var shareOfON: Double?

  /// Smallest, largest and mean of something.
  struct Range: Encodable {
    var smallest = Double.infinity
    var largest = -Double.infinity
    var mean = 0.0
    private var count = 0.0

    private enum CodingKeys: String, CodingKey {
      case smallest
      case largest
      case mean
    }

    mutating func add(_ value: Double) {
      smallest = min(smallest, value)
      largest = max(largest, value)
      count += 1
      mean += (value - mean) / count
    }
  }

  /// Decodes samples; unless `quiet`, a progress bar shows how far it is.
  init(_ data: some LabelledSamples, part: String, limit: Int?, quiet: Bool) throws {
    self.part = part
    kind = data.kind.rawValue
    samples = data.count
    decoded = min(limit ?? data.count, data.count)
    classes = data.classes
    frame = data.frame.description
    var counts = [Int](repeating: 0, count: data.classes)
    for label in data.labels { counts[label] += 1 }
    samplesOfClass = counts
    let bar = ProgressBar(
      title: "reading \(part)", total: decoded, unit: "samples",
      output: quiet ? nil : .standardError)
    defer { bar.finish() }
    var levels = Range()
    var numbers = Range()
    var durations = Range()
    var on = 0
    var total = 0
    for index in 0..<decoded {
      if Task.isCancelled { throw CancellationError() }
      switch try data.sample(index) {
      case .image(let values): for value in values { levels.add(Double(value)) }
      case .events(let events):
        numbers.add(Double(events.count))
        durations.add(Double((events.last?.time ?? 0) - (events.first?.time ?? 0)) / 1000)
        on += events.count { $0.isOn }
        total += events.count
      }
      bar.advance()
    }
    switch data.kind {
    case .images: values = levels
    case .events:
      events = numbers
      milliseconds = durations
      shareOfON = Double(on) / Double(max(1, total))
    }
  }
}

/// What `lockstep data PATH` prints.
struct DataReport: Encodable {
  var schemaVersion = 1
  var dataSet: String?
  var parts: [DataInspection]
  var checksums: [ChecksumCheck]

  func text() -> String {
    var lines = ["data set    \(dataSet ?? "not one that is known by name")"]
    for part in parts {
      func line(_ name: String, _ text: String) {
        lines.append("  " + name.padding(toLength: 10, withPad: " ", startingAt: 0) + text)
      }
      lines.append("\(part.part)")
      line("samples", "\(part.samples) \(part.kind) of \(part.frame), \(part.classes) classes")
      line("a class", part.samplesOfClass.map(String.init).joined(separator: " "))
      if part.decoded < part.samples { line("decoded", "the first \(part.decoded)") }
      if let values = part.values { line("values", Self.range(values, places: 4)) }
      if let events = part.events { line("events", Self.range(events, places: 0)) }
      if let time = part.milliseconds { line("duration", Self.range(time, places: 1) + " ms") }
      if let share = part.shareOfON { line("ON", String(format: "%.1f %%", 100 * share)) }
    }
    if !checksums.isEmpty { lines.append("checksums") }
    for check in checksums {
      lines.append("  \(check.isRight ? "right" : "WRONG")     \(check.file) (MD5 \(check.md5))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func range(_ range: DataInspection.Range, places: Int) -> String {
    String(
      format: "%.\(places)f to %.\(places)f, mean %.\(places)f", range.smallest, range.largest,
      range.mean)
  }
}
