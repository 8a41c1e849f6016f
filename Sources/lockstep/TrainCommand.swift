import ArgumentParser
import Foundation

/// `lockstep train`: wiring of data, trainer, recorder and files.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a spiking network and record the spikes of its train and test samples.",
    discussion: """
      Trains by backpropagation through time, keeps the epoch that does best on validation \
      samples, tests it once on samples it has never seen, and records every spike of both parts \
      as traces that `lockstep replay` runs on hardware.

      EXAMPLES
        The demonstration: 8x8 handwritten digits that come with Lockstep, under a minute:
          lockstep train --preset digits --output output

        Sparser spikes, at some cost in accuracy:
          lockstep train --preset digits --theta 1.5 --output sparse

        Another network on your own copy of MNIST (train-images-idx3-ubyte.gz and so on):
          lockstep train --data mnist/train --test-data mnist/t10k --name mnist \\
            --network 16C3-P2-32C3-P2-128-100 --epochs 2 --output output

        See what every epoch would cost on an accelerator, and record it every fifth epoch:
          lockstep train --preset digits --platform hardware/digits-demo.yaml --plot \\
            --record every:5,best --output digits

        Go on after Ctrl-C or a power failure:
          lockstep train --resume output

      FILES WRITTEN (NAME is the preset's name, or --name)
        NAME.safetensors    the network and its weights
        NAME-train.spikes   the spikes of the training and validation samples
        NAME-test.spikes    the spikes of the test samples
        NAME-epochNNN-test.spikes  with --record every:N: the spikes after epoch NNN
        NAME-log.jsonl      one line of JSON an epoch, as epochs end
        NAME.checkpoint     while it trains: where --resume goes on

      The same options and seed give the same model and traces to the last byte, on any number of \
      threads, resumed or not. Ctrl-C ends the training after the batch at hand, keeps the best network \
      so far, without traces, and leaves a checkpoint.
      """)

  @OptionGroup var options: TrainOptions

  @OptionGroup(title: "Files, recording and progress")
  var running: TrainRunOptions

  func run() async throws {
    guard let path = running.resume else { return try train(resuming: nil) }
    let resumption = try TrainResumption(path: path)
    try resumption.command(arguments: TrainResumption.ownArguments).train(resuming: resumption)
  }

  private func train(resuming resumption: TrainResumption?) throws {
    let files = try TrainFiles(folder: running.output ?? ".", name: options.resolvedName)
    let threads = try TrainOptions.checkedThreads(options.threads)
    let report = try TrainRun(
      TrainPlan(options), running, files: files, threads: threads, resuming: resumption
    ).run()
    if running.json {
      try StandardOutput.write(try report.json())
    } else if !running.verbosity.quiet {
      try StandardOutput.write(report.table() + "\n")
    }
    if let error = report.failure { throw error }
    if report.wasInterrupted { throw ExitStatus.interrupted.asError }
  }
}
