import ArgumentParser
import Datasets
import Foundation
import Reports
import SpikingNetworks
import Training

/// `lockstep record`: a trace from an existing model.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Record the spikes of a trained network on samples of your choice.",
    discussion: """
      EXAMPLES
        All 1,797 digits through a trained model:
          lockstep record --model output/digits.safetensors --output digits-all.spikes

        The first 100 samples of another IDX pair, with other input spikes:
          lockstep record --model mnist.safetensors --data mnist/t10k --samples 100 --seed 7 \\
            --output mnist-100.spikes
      """)

  @Option(help: "The network: a file that `lockstep train` wrote.")
  var model: String

  @Option(
    help: ArgumentHelp(
      "FOLDER/PREFIX of an IDX pair; the 8x8 digits if not given.", valueName: "folder/prefix"))
  var data: String?

  @Option(help: "How many samples, from the first; all if not given.")
  var samples: Int?

  @Option(help: "Seed of the input spikes.")
  var seed: UInt64 = 1

  @Option(help: "How values become input: \(TrainOptions.CodingName.list).")
  var coding = TrainOptions.CodingName.rate

  @Option(help: "The trace to write; its folder must exist.")
  var output: String

  @Option(help: "Threads to use; all cores if not given.")
  var threads: Int?

  func run() async throws {
    let workers = try TrainOptions.checkedThreads(threads)
    let file = try ModelFile(path: model)
    let images = try data.map { try LabelledImages(idx: $0) } ?? LabelledImages.digits()
    let count = samples ?? images.count
    guard count > 0, count <= images.count else {
      throw TrainingError(
        .invalidSettings, "\(count) samples were asked for, but \(images.name) has \(images.count)",
        remedy: "give --samples 1 to \(images.count)")
    }
    let bar = ProgressBar(title: "recording", total: count, unit: "samples")
    let recorder = SpikeRecorder(
      file.network, encoder: coding == .direct ? .direct : .rate(gain: 1), seed: seed,
      hyperparameters: file.hyperparameters)
    let stop = StopSignal()
    let isWhole = try recorder.record(
      images, samples: Array(0..<count), split: count == images.count ? "all" : "first \(count)",
      to: output, threads: workers, stop: stop
    ) {
      if Task.isCancelled { stop.raise() }
      bar.advance()
    }
    bar.finish()
    guard isWhole else { throw CancellationError() }
    try StandardOutput.write("\(output)\n")
  }
}
