import ArgumentParser
import SpikeTraces

/// Which samples a user asked for: `7`, `0..99`, `100..` or `..9`, both ends included.
struct TraceSampleSelection: ExpressibleByArgument {
  private var first: Int?
  private var last: Int?
  let text: String

  init?(argument: String) {
    text = argument
    guard let dots = argument.range(of: "..") else {
      guard let only = Int(argument), only >= 0 else { return nil }
      (first, last) = (only, only)
      return
    }
    let parts = (argument[..<dots.lowerBound], argument[dots.upperBound...])
    for part in [parts.0, parts.1] where !part.isEmpty {
      guard let number = Int(part), number >= 0 else { return nil }
    }
    (first, last) = (Int(parts.0), Int(parts.1))
  }

  /// The selected samples of a trace.
  func range(of reader: TraceReader) throws(TraceError) -> Range<Int> {
    guard let range = range(count: reader.sampleCount) else {
      throw TraceError(
        .outOfRange,
        "samples \(text) were asked for; the trace has \(reader.sampleCount), counted from 0",
        file: reader.path)
    }
    return range
  }

  /// The selected ones of so many samples; nil if not all of them are there.
  func range(count: Int) -> Range<Int>? {
    let first = first ?? 0
    let last = last ?? count - 1
    guard first <= last, last < count else { return nil }
    return first..<last + 1
  }
}
