import Exploration
import Foundation
import Reports
import Synchronization

/// How far an exploration is, on the terminal: a bar while alternatives are measured, and one while
/// designs are searched if that takes longer than a moment.
final class ExploreProgress: Sendable {
  /// A search that is over sooner is not worth a line.
  private static let patience = Duration.seconds(1)

  private struct State {
    var bar: ProgressBar?
    var isSearching = false
    var since = ContinuousClock.now
    var decided: UInt64 = 0
    /// What was going on last, in words.
    var words = "before anything was measured"
    var measured = 0
    var alternatives = 0
  }

  private let objective: DesignMeasure?
  private let output: ProgressBar.Output?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - objective: the measure whose best value is shown.
  ///   - isQuiet: whether nothing is shown.
  init(_ objective: DesignMeasure?, isQuiet: Bool) {
    self.objective = objective
    let standard = ProgressBar.Output.standardError
    // Exploring is short: a log has no use for quarters of it.
    output = isQuiet || !standard.isTerminal ? nil : standard
  }

  /// Takes note.
  func note(_ progress: ExplorationProgress) {
    state.withLock { state in
      switch progress {
      case .measuring(let alternatives, let variant, let variants):
        state.bar?.finish()
        (state.measured, state.alternatives) = (0, alternatives)
        state.bar = ProgressBar(
          title: variants > 1 ? "measuring \(variant) of \(variants)" : "measuring",
          total: alternatives, unit: "alternatives", output: output)
      case .measured:
        state.measured += 1
        state.bar?.advance()
      case .searched(let decided, let designs, let best):
        search(&state, decided: decided, of: designs, best: best)
      }
    }
  }

  private func search(_ state: inout State, decided: UInt64, of designs: UInt64, best: Double?) {
    if !state.isSearching {
      state.bar?.finish()
      state.bar = nil
      state.isSearching = true
      state.since = .now
    }
    let best = best.flatMap { best in objective.map { "best \($0.label) \($0.text(best))" } }
    state.words =
      "after \(NumberFormat.count(decided)) of \(NumberFormat.amount(designs, of: "design")) were "
      + "decided" + (best.map { ", \($0)" } ?? "")
    // The search for the closest design, or with other estimates, begins anew.
    if decided < state.decided {
      state.bar?.finish()
      state.bar = nil
      state.decided = 0
      state.since = .now
    }
    if state.bar == nil, .now - state.since > Self.patience, decided < designs {
      state.bar = ProgressBar(
        title: "searching", total: Int(clamping: designs), unit: "designs",
        done: Int(clamping: decided), output: output)
      state.decided = decided
    }
    guard let bar = state.bar else { return }
    bar.advance(by: Int(clamping: decided - state.decided), note: best)
    state.decided = decided
  }

  /// Does the work; says where it was if that is interrupted.
  ///
  /// - Parameter work: what is watched.
  /// - Returns: what the work returns.
  /// - Throws: what it throws; exit status 130 if it is interrupted.
  func watching<Result>(_ work: () async throws -> Result) async throws -> Result {
    defer { finish() }
    do {
      return try await work()
    } catch is CancellationError {
      finish()
      StandardError.write("interrupted \(position); no result was written\n")
      throw ExitStatus.interrupted.asError
    }
  }

  /// Ends the line; what it says stays.
  private func finish() {
    state.withLock { state in
      state.bar?.finish()
      state.bar = nil
    }
  }

  /// Where it was, for somebody who has interrupted it.
  private var position: String {
    state.withLock { state in
      guard !state.isSearching, state.alternatives > 0 else { return state.words }
      return "after \(NumberFormat.count(state.measured)) of "
        + "\(NumberFormat.amount(state.alternatives, of: "alternative")) were measured"
    }
  }
}
