import Accelerator
import ArgumentParser
import Exploration
import Foundation
import PowerEstimation
import SpikeTraces
import SpikingNetworks
import Training

/// What `lockstep sweep` is about to do: every point with its options, checked as far as can be without
/// training.
struct SweepPlan {
  /// One point.
  struct Job {
    /// A digest of all that determines its outcome.
    let key: String
    let options: TrainOptions
    /// The training, as `lockstep train` would be told.
    let command: String
  }

  let name: String
  let jobs: [Job]
  let hardware: HardwareFile
  let replaySamples: Int
  /// What a reader must know, a sentence each.
  let remarks: [String]

  /// Makes all points, and prepares the first training, so that data, network and hardware are known to
  /// fit each other before time is spent.
  ///
  /// - Parameters:
  ///   - sweep: the specification.
  ///   - extra: further options of the training, which come last.
  /// - Throws: what does not fit, with the remedy.
  init(_ sweep: SweepSpecification, extra: [String]) throws {
    guard let path = sweep.hardware else {
      throw ExplorationError(
        message: "the sweep '\(sweep.name)' names no accelerator; give one, as in --hardware "
          + "hardware/digits-demo.yaml")
    }
    name = sweep.name
    hardware = try HardwareFile(path: path)
    replaySamples = sweep.replaySamples
    let hardwareText = try String(contentsOfFile: path, encoding: .utf8)
    let trainings = try sweep.configurations.map { configuration in
      let arguments = Self.arguments(sweep, configuration) + extra
      return (try Self.options(arguments), arguments)
    }
    let first = try TrainPlan(trainings[0].0)
    try Self.check(first, on: hardware, samples: sweep.replaySamples)
    remarks = first.remarks
    let data = try DataIdentity(
      first.data, encoder: first.settings.encoder, timeSteps: first.network.timeSteps)
    jobs = try trainings.map { options, arguments in
      var digest = Fingerprint()
      digest.add(SoftwareVersion.current)
      digest.add(hardwareText)
      digest.add("\(sweep.replaySamples) \(data.fingerprint)")
      digest.add(try options.canonicalText())
      return Job(
        key: digest.text, options: options,
        command: (["lockstep", "train"] + arguments).joined(separator: " "))
    }
    let keys = Dictionary(grouping: jobs, by: \.key)
    if let twins = jobs.lazy.compactMap({ keys[$0.key] }).first(where: { $0.count > 1 }) {
      throw ExplorationError(
        message: "two points of the sweep are the same: '\(twins[0].command)' and "
          + "'\(twins[1].command)'; vary other options, or leave an option after '--' out")
    }
  }

  private static func arguments(
    _ sweep: SweepSpecification, _ configuration: SweepSpecification.Configuration
  ) -> [String] {
    ["--preset", sweep.preset]
      + configuration.options.flatMap { option -> [String] in
        switch option.value {
        case "true": ["--\(option.name)"]
        case "false": []
        default: ["--\(option.name)", option.value]
        }
      } + ["--seed", "\(configuration.seed)"]
  }

  private static func options(_ arguments: [String]) throws -> TrainOptions {
    do {
      return try TrainOptions.parse(arguments)
    } catch {
      throw ExplorationError(
        message: "the sweep cannot train with '\(arguments.joined(separator: " "))': "
          + "\(TrainOptions.message(for: error)); 'lockstep train --help' lists the options")
    }
  }

  /// Checks that the trained networks can be recorded and replayed, and their power estimated.
  private static func check(_ plan: TrainPlan, on hardware: HardwareFile, samples: Int) throws {
    guard samples <= plan.parts.test.count else {
      throw ExplorationError(
        message:
          "replay-samples is \(samples), but there are \(plan.parts.test.count) test samples; "
          + "give fewer")
    }
    let trainer = try Trainer(
      plan.network, settings: plan.settings, data: plan.data, parts: plan.parts)
    let recorder = SpikeRecorder(
      trainer.network, encoder: plan.settings.encoder, seed: plan.settings.seed)
    _ = try SampleCosting(
      of: recorder.header(plan.testData, split: "test"),
      network: "the training of \(plan.network.name)", on: hardware)
    _ = try ResourceChoices.parse([]).requiredDevice(for: hardware)
  }
}

extension TrainOptions {
  /// All that determines a training but for its data, the same for equal trainings however they are asked
  /// for.
  fileprivate func canonicalText() throws -> String {
    let preset = try TrainingPreset.named(preset)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    var layers = network ?? preset.hiddenLayers + " \(preset.neuronsPerClass)"
    if NetworkFile.isNetworkFile(layers) {
      layers = try json(NetworkFile(path: layers).description)
    }
    let samples = [trainSamples, testSamples, timeSteps ?? preset.timeSteps].map { "\($0 ?? 0)" }
    let choices: [String] = [
      layers, "\(validation ?? preset.validationFraction)", "\(preset.choosesOnTestSamples)",
      "\(preset.testFraction)", input.normalise ?? "", testData ?? "",
    ]
    return try (choices + samples + [json(resolvedSettings(preset)), json(resolvedNeuron(preset))])
      .joined(separator: "\n")
  }
}
