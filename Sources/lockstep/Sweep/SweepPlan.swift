import Exploration

/// What `lockstep sweep` is about to do: every point with its options, checked as far as can be without
/// training.
struct SweepPlan {
  /// One point.
  struct Job {
    /// A digest of all that determines its outcome.
    let key: String
    /// The options that vary, as the specification names them.
    let choices: [SweepSpecification.Option]
    let seed: UInt64
    let options: TrainOptions
    /// The training, as `lockstep train` would be told.
    let command: String
    /// A digest of the data set.
    let dataFingerprint: String
  }

  let bench: SweepBench
  let jobs: [Job]

  var name: String { bench.name }
  /// What a reader must know, a sentence each.
  var remarks: [String] { bench.remarks }

  /// Makes all points.
  ///
  /// - Parameters:
  ///   - sweep: the specification.
  ///   - extra: further options of the training, which come last.
  /// - Throws: what does not fit, with the remedy.
  init(_ sweep: SweepSpecification, extra: [String]) throws {
    let bench = try SweepBench(sweep, extra: extra)
    self.bench = bench
    jobs = try sweep.configurations.map(bench.job)
    let keys = Dictionary(grouping: jobs, by: \.key)
    if let twins = jobs.lazy.compactMap({ keys[$0.key] }).first(where: { $0.count > 1 }) {
      throw ExplorationError(
        message: "two points of the sweep are the same: '\(twins[0].command)' and "
          + "'\(twins[1].command)'; vary other options, or leave an option after '--' out")
    }
  }
}
