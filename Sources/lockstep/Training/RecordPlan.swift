import ArgumentParser

/// Which networks of a training are recorded: `best`, `last`, `every:5`, `every:5,best` or `none`.
struct RecordPlan: ExpressibleByArgument, CustomStringConvertible {
  /// The network of the best epoch, at the end.
  var best = false
  /// The network of the last epoch, at the end.
  var last = false
  /// Epochs from one recording on the way to the next; nil for none.
  var every: Int?

  static let best = RecordPlan(best: true)

  init(best: Bool) { self.best = best }

  init?(argument: String) {
    if argument == "none" { return }
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch part {
      case "best": best = true
      case "last": last = true
      default:
        guard part.hasPrefix("every:"), let epochs = Int(part.dropFirst(6)), epochs > 0 else {
          return nil
        }
        every = epochs
      }
    }
  }

  var description: String {
    let parts =
      (every.map { ["every:\($0)"] } ?? []) + (last ? ["last"] : []) + (best ? ["best"] : [])
    return parts.isEmpty ? "none" : parts.joined(separator: ",")
  }

  var defaultValueDescription: String { description }

  /// Whether an epoch is recorded on the way.
  func includes(epoch: Int) -> Bool { every.map { epoch % $0 == 0 } ?? false }
}
