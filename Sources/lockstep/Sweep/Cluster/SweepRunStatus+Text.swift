import Exploration
import Reports

extension SweepRunStatus {
  /// The status for people, a line a subject.
  var text: String {
    func amount(_ tasks: [Int]) -> String { NumberFormat.count(tasks.count) }
    let total = tasks.done.count + tasks.running.count + tasks.waiting.count + tasks.lost.count
    var lines = [
      "Sweep '\(sweep)' in \(folder)",
      "  points  \(NumberFormat.count(points.measured + points.failed)) of "
        + "\(NumberFormat.count(points.total)) are there"
        + (points.failed > 0 ? ", \(NumberFormat.count(points.failed)) of them failed" : ""),
      "  tasks   \(NumberFormat.count(total)): \(amount(tasks.done)) done, \(amount(tasks.running)) "
        + "running, \(amount(tasks.waiting)) waiting"
        + (waitingReasons.isEmpty ? "" : " (\(waitingReasons.joined(separator: ", ")))")
        + ", \(NumberFormat.count(tasks.lost.count)) lost",
    ]
    for lost in tasks.lost.prefix(Self.mostLines) {
      lines.append(
        "  lost    task \(lost.task), \(NumberFormat.amount(lost.missingPoints, of: "point")): "
          + lost.reason
          + (lost.retries > 0
            ? " (submitted again \(NumberFormat.amount(lost.retries, of: "time")))" : ""))
    }
    if tasks.lost.count > Self.mostLines {
      lines.append("          and \(NumberFormat.count(tasks.lost.count - Self.mostLines)) more")
    }
    lines += problems.map { "  unread  \($0)" }
    if !tasks.lost.isEmpty {
      lines.append("'lockstep sweep retry \(folder.shellWord)' submits lost tasks again.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let mostLines = 10
}
