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
    /// The training's options, as `lockstep train` would be told.
    let arguments: [String]
    /// A digest of the data set.
    let dataFingerprint: String

    /// The training, as `lockstep train` would be told.
    var command: String { (["lockstep", "train"] + arguments).joined(separator: " ") }
  }

  let bench: SweepBench
  private(set) var jobs: [Job]

  var name: String { bench.name }
  /// What a reader must know, a sentence each.
  var remarks: [String] { bench.remarks }

  /// The plan with a part of its points.
  func only(_ isWanted: (Job) -> Bool) -> SweepPlan {
    var part = self
    part.jobs = jobs.filter(isWanted)
    return part
  }

  /// Makes the points of a specification.
  ///
  /// - Parameters:
  ///   - sweep: the specification.
  ///   - extra: further options of the training, which come last.
  ///   - shard: the part of the points that is wanted; all if nil.
  /// - Throws: what does not fit, with the remedy.
  init(_ sweep: SweepSpecification, extra: [String], shard: SweepShard? = nil) throws {
    let bench = try SweepBench(sweep, extra: extra)
    self.bench = bench
    let configurations = try sweep.configurations
    let positions = shard.map { Array($0.positions(of: configurations.count)) }
    jobs = try (positions ?? Array(configurations.indices)).map {
      try bench.job(configurations[$0])
    }
    let keys = Dictionary(grouping: jobs, by: \.key)
    if let twins = jobs.lazy.compactMap({ keys[$0.key] }).first(where: { $0.count > 1 }) {
      throw ExplorationError(
        message: "two points of the sweep are the same: '\(twins[0].command)' and "
          + "'\(twins[1].command)'; vary other options, or leave an option after '--' out")
    }
  }

  /// Makes the points of one task of a sweep that was submitted to a cluster.
  ///
  /// - Parameters:
  ///   - manifest: what the sweep consists of.
  ///   - shard: the task's part of the points.
  ///   - folder: the sweep's folder.
  ///   - data: where this machine has the samples; where the options say if nil.
  /// - Throws: what does not fit, with the remedy.
  init(
    _ manifest: SweepManifest, shard: SweepShard, in folder: SweepFolder, data: String?
  ) throws {
    let bench = try SweepBench(manifest, in: folder, data: data)
    self.bench = bench
    jobs = try shard.positions(of: manifest.points.count).map {
      try bench.job(training: manifest.points[$0].training)
    }
  }
}
