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

        Samples are encoded as they were when the model was trained, unless options say otherwise.

        The first 100 samples of another IDX pair, with other input spikes:
          lockstep record --model mnist.safetensors --data mnist/t10k --samples 100 --seed 7 \\
            --output mnist-100.spikes
      """)

  @Option(help: "The network: a file that `lockstep train` wrote.")
  var model: String

  @OptionGroup var input: DataOptions

  @Option(help: "Which part of the data set, if it has two: train or test.")
  var part = DataPart.train

  @Option(help: "How many samples, from the first; all if not given.")
  var samples: Int?

  @Option(help: "Seed of the input spikes.")
  var seed: UInt64 = 1

  @Option(help: "The trace to write; its folder must exist.")
  var output: String

  @Option(help: "Threads to use; all cores if not given.")
  var threads: Int?

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func run() async throws {
    let workers = try TrainOptions.checkedThreads(threads)
    let file = try ModelFile(path: model)
    let images = try samplesToRecord()
    let count = samples ?? images.count
    guard count > 0, count <= images.count else {
      throw TrainingError(
        .invalidSettings, "\(count) samples were asked for, but \(images.name) has \(images.count)",
        remedy: "give --samples 1 to \(images.count)")
    }
    let bar = ProgressBar(
      title: "recording", total: count, unit: "samples",
      output: verbosity.quiet ? nil : .standardError)
    let recorder = SpikeRecorder(
      file.network, encoder: try encoder(of: file), seed: seed,
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
    if !verbosity.quiet { try StandardOutput.write("\(output)\n") }
  }

  private func samplesToRecord() throws -> any LabelledSamples {
    let found = try input.open()
    try input.check(found.training)
    guard part == .test else { return found.training }
    guard let test = found.test else {
      throw DatasetError(
        .invalidRequest, "\(found.training.name) has no test part of its own",
        remedy: "leave out --part test")
    }
    return test
  }

  /// How the model was trained to read samples, with the options in their place.
  private func encoder(of file: ModelFile) throws -> InputEncoder {
    let trained = try file.hyperparameters["input"].map { try InputEncoder(json: $0) }
    guard input.normalise != "measured" else {
      throw DatasetError(
        .invalidRequest, "only a training measures the normalisation",
        remedy: "leave out --normalise: the model knows what was measured")
    }
    return try input.applied(to: trained ?? .rate(gain: 1))
  }

  /// The parts of a data set by the names of the command line.
  enum DataPart: String, ExpressibleByArgument, CaseIterable {
    case train
    case test
  }
}
