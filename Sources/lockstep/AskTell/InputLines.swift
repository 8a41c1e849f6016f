import Foundation

/// The lines of standard input as they come.
enum InputLines {
  /// A line without its line break.
  struct Line: Sendable {
    /// From 1.
    var number: Int
    var text: String
  }

  /// All lines to come; ends with the input, or when the task is cancelled.
  static func standardInput() -> AsyncStream<Line> {
    let (stream, continuation) = AsyncStream.makeStream(of: Line.self)
    // A thread of its own, because reading blocks, and those that tasks share may all be training.
    Thread.detachNewThread {
      var number = 0
      while let text = readLine() {
        number += 1
        if case .terminated = continuation.yield(Line(number: number, text: text)) { return }
      }
      continuation.finish()
    }
    return stream
  }
}
