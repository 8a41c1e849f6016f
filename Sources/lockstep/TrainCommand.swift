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

      FILES WRITTEN (NAME is the preset's name, or --name)
        NAME.safetensors    the network and its weights
        NAME-train.spikes   the spikes of the training and validation samples
        NAME-test.spikes    the spikes of the test samples
        NAME-log.jsonl      one line of JSON an epoch

      The same options and seed give the same model and traces to the last byte, on any number of \
      threads. Ctrl-C ends the training after the batch at hand and keeps the best network so far, \
      without traces.
      """)

  @OptionGroup var options: TrainOptions

  @Option(help: "Folder for the files; it is made if it does not exist.")
  var output: String

  @ArgumentParser.Flag(help: "Print the result as JSON on standard output, and no progress.")
  var json = false

  func run() async throws {
    let files = try TrainFiles(folder: output, name: options.resolvedName)
    let session = try TrainSession(options)
    let report = try session.run(files, showsProgress: !json)
    try StandardOutput.write(json ? try report.json() : report.table() + "\n")
    if report.wasInterrupted { throw ExitStatus.interrupted.asError }
  }
}
