import ArgumentParser
import Training

/// How often a user wants checkpoints: `epochs:1`, `batches:500` or `none`.
enum CheckpointSchedule: ExpressibleByArgument, CustomStringConvertible {
  case none
  case epochs(Int)
  case batches(Int)

  init?(argument: String) {
    if argument == "none" {
      self = .none
      return
    }
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[1]), count > 0 else { return nil }
    switch parts[0] {
    case "epochs": self = .epochs(count)
    case "batches": self = .batches(count)
    default: return nil
    }
  }

  var description: String {
    switch self {
    case .none: "none"
    case .epochs(let count): "epochs:\(count)"
    case .batches(let count): "batches:\(count)"
    }
  }

  var defaultValueDescription: String { description }

  /// What the trainer understands.
  var interval: CheckpointInterval {
    switch self {
    case .none: .never
    case .epochs(let count): .epochs(count)
    case .batches(let count): .batches(count)
    }
  }
}
