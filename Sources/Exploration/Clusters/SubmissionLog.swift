import Foundation

/// What was asked of the scheduler for a sweep, in order; a file of one JSON object a line.
///
/// It is a memory for people and for the number of retries. Which tasks are queued, the scheduler is
/// asked each time, and which points are there, the results; a line that is lost costs a retry at most.
public struct SubmissionLog: Sendable {
  /// What was asked.
  public enum Event: String, Codable, Sendable {
    /// Tasks were submitted by a person; their retries count from here.
    case submitted
    /// Tasks were submitted again, because they ended without all their points.
    case resubmitted
    /// All tasks were to be cancelled.
    case cancelled
  }

  /// One line.
  public struct Entry: Hashable, Codable, Sendable {
    /// When, in ISO 8601.
    public var time: String
    /// What.
    public var event: Event
    /// The scheduler's number of the job array; nil for a cancellation.
    public var job: String?
    /// The tasks' numbers, as in `0-3,7`; nil for a cancellation.
    public var tasks: String?
  }

  /// The lines.
  public private(set) var entries: [Entry]

  /// Reads a log; lines that cannot be read are left out.
  ///
  /// - Parameter data: the file's content.
  public init(data: Data) {
    let decoder = JSONDecoder()
    entries = data.split(separator: UInt8(ascii: "\n")).compactMap {
      try? decoder.decode(Entry.self, from: $0)
    }
  }

  /// Whether the last thing that was asked is to cancel.
  public var isCancelled: Bool { entries.last?.event == .cancelled }

  /// How often each task was submitted again since a person last submitted it.
  public var retries: [Int: Int] {
    var retries: [Int: Int] = [:]
    for entry in entries {
      for task in entry.tasks.flatMap({ TaskNumbers($0) })?.numbers ?? [] {
        retries[task] = entry.event == .resubmitted ? retries[task, default: 0] + 1 : 0
      }
    }
    return retries
  }

  /// The job array in which a task was last.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: its number; nil if the task was never submitted.
  public func lastJob(ofTask task: Int) -> String? {
    entries.last { $0.tasks.flatMap { TaskNumbers($0) }?.numbers.contains(task) ?? false }?.job
  }

  /// A line of the file.
  ///
  /// - Parameters:
  ///   - event: what was asked.
  ///   - job: the job array's number.
  ///   - tasks: the tasks.
  ///   - time: when.
  /// - Returns: JSON with a line break at its end.
  package static func line(_ event: Event, job: String?, tasks: TaskNumbers?, time: Date = Date())
    -> Data
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let entry = Entry(
      time: ISO8601DateFormatter().string(from: time), event: event, job: job,
      tasks: tasks?.description)
    return ((try? encoder.encode(entry)) ?? Data()) + Data("\n".utf8)
  }
}
