import Accelerator
import ArgumentParser
import Exploration
import Foundation
import Reports

/// `lockstep sweep run`: many trainings, and what each of their networks costs on an accelerator.
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a sweep, on this machine or on a cluster; 'run' may be left out.",
    discussion: """
      Every point of the sweep is trained, tested, recorded, replayed cycle by cycle, and its power \
      estimated. Points are written to the results file as they end; a point that is there already is not \
      run again, so that the same command goes on where Ctrl-C, or anything worse, ended it. Points do not \
      depend on each other, on the number of threads or on their order. Several processes that sweep into \
      one store share the points; 'lockstep results' looks at it.

      EXAMPLES
        The two experiments of arXiv 2402.06211 on the 8x8 digits, then their pages:
          lockstep sweep fig1 --hardware hardware/digits-demo.yaml -o fig1.jsonl
          lockstep figure fig1 fig1.jsonl -o fig1.html
          lockstep sweep fig2 --hardware hardware/digits-demo.yaml -o fig2.jsonl
          lockstep figure fig2 fig2.jsonl -o fig2.html

        The same on your own data; what follows -- are options of 'lockstep train':
          lockstep sweep fig2 --hardware hardware/svhn-date24.yaml -o svhn.jsonl -- \\
            --preset svhn-date24 --coding rate --data svhn/

        Your own sweep (docs/Sweeps.md):
          lockstep sweep my-sweep.yaml -o results.sqlite

        On a cluster with Slurm, and its third part of eight on some other machine (docs/Clusters.md):
          lockstep sweep my-sweep.yaml -o results.jsonl --engine slurm --folder my-run
          lockstep sweep my-sweep.yaml -o part2.jsonl --shard 2/8
      """)

  @OptionGroup var input: SweepInput

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The results; points are added. A store if it ends in .sqlite, else a file of JSON lines.",
      valueName: "file"),
    completion: .file(extensions: ["sqlite", "jsonl"]))
  var output: String

  @Option(help: "Points that run at the same time, a thread each; all cores if not given.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Run one of several equal parts, numbered from 0: 0/8 is the first of eight. In a job array, auto "
        + "takes it from the scheduler, and auto/8 its index only.", valueName: "i/n"))
  var shard: String?

  @ArgumentParser.Flag(
    help: """
      Go seed by seed, and leave out settings that are less accurate and slower than another, each with \
      99 % confidence.
      """)
  var dropWorse = false

  @OptionGroup(title: "CLUSTER") var slurm: SlurmOptions

  @ArgumentParser.Flag(help: "Show no progress, and no table at the end.")
  var quiet = false

  func run() async throws {
    let threads = try TrainOptions.checkedThreads(threads)
    let shard = try shard.map {
      try SweepShard(text: $0, environment: ProcessInfo.processInfo.environment)
    }
    let plan = try SweepPlan(input.specification(), extra: input.training, shard: shard)
    if slurm.engine == .slurm {
      try await runOnSlurm(plan)
      return
    }
    let sink = try SweepOutput.open(output)
    for notice in plan.remarks + sink.notices { note(notice) }
    if let shard { note("shard \(shard): \(NumberFormat.amount(plan.jobs.count, of: "point"))") }
    let run = { (part: SweepPlan) in
      try await SweepRun(part, into: sink, threads: threads, isQuiet: quiet).points()
    }
    try show(
      await dropWorse ? SweepRaceRun(plan: plan, run: run, note: note).points() : run(plan))
  }

  func validate() throws {
    if dropWorse, slurm.engine == .slurm || shard != nil {
      throw ValidationError(
        "--drop-worse needs all points of a seed before it goes on to the next, and parts of a sweep do "
          + "not wait for each other; leave it out")
    }
    guard slurm.engine == .slurm else { return }
    guard shard == nil else {
      throw ValidationError(
        "--shard is for other schedulers; --engine slurm divides the sweep itself")
    }
    guard threads == nil else {
      throw ValidationError("--threads is for this machine; with --engine slurm give --cpus")
    }
  }

  func note(_ notice: String) {
    if !quiet { StandardError.write("note: \(notice)\n") }
  }

  /// Shows a table of points.
  func show(_ points: [SweepPoint]) throws {
    if !quiet, !points.isEmpty {
      let style = TextStyle.detected(descriptor: 1)
      try StandardOutput.write(SweepTable(points).table(for: style).rendered(style) + "\n")
    }
  }
}
