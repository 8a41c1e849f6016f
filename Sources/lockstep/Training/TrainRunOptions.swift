import ArgumentParser

/// Where a training's files go, what is kept on the way, and what is shown.
struct TrainRunOptions: ParsableArguments {
  /// How progress is shown.
  enum ProgressForm: String, ExpressibleByArgument, CaseIterable {
    case bar
    case json
    case none
  }

  @Option(help: "Folder for the files; it is made if it does not exist.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Go on with an unfinished training: its folder, or its file NAME.checkpoint.",
      discussion: """
        All other options are those of the command that began it; those that change the result may \
        not be given others.
        """, valueName: "folder"), completion: .file())
  var resume: String?

  @ArgumentParser.Flag(help: "Begin anew in a folder that holds an unfinished training.")
  var restart = false

  @Option(
    help: ArgumentHelp(
      "How often to write NAME.checkpoint: epochs:N, batches:N or none.", valueName: "interval"))
  var checkpoint = CheckpointSchedule.epochs(1)

  @Option(
    help: ArgumentHelp(
      "Which networks' spikes to record: best, last, every:N (epochs) or none; several with commas.",
      valueName: "epochs"))
  var record = RecordPlan.best

  @Option(
    help: ArgumentHelp(
      """
      Which samples to record: test, train (all but the test's), validation, all, or a range of the \
      test samples such as 0..99; both traces of the best network and 0..99 on the way if not given.
      """, valueName: "samples"))
  var recordSamples: RecordSelection?

  @Option(
    help: ArgumentHelp(
      "A hardware file; after every epoch its cycles are computed. May be given several times.",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var platform: [String] = []

  @Option(help: "Validation samples, from the first, whose cycles are computed.")
  var platformSamples = 100

  @ArgumentParser.Flag(help: "Draw accuracy, spikes and cycles over the epochs below the progress.")
  var plot = false

  @Option(
    help: """
      How progress is shown on standard error: \(ProgressForm.list); json is a line an epoch, as in \
      the log.
      """)
  var progress: ProgressForm?

  @ArgumentParser.Flag(help: "Print the result as JSON on standard output, and no progress.")
  var json = false

  @OptionGroup var verbosity: QuietOptions

  @OptionGroup var colours: ColourOptions

  func validate() throws {
    if output == nil, resume == nil {
      throw ValidationError("--output names the folder for the files; please give it.")
    }
    if resume != nil, restart {
      throw ValidationError("--resume and --restart contradict each other; give one of them.")
    }
    if platformSamples < 1 { throw ValidationError("--platform-samples must be 1 or more.") }
  }

  /// How progress is shown if nothing was said: a bar, or nothing beside a result for programs.
  var progressForm: ProgressForm { progress ?? (json || verbosity.quiet ? .none : .bar) }
}
