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
    /// The training's options, as `lockstep train` would be told.
    let arguments: [String]
    /// The training, as `lockstep train` would be told.
    var command: String { (["lockstep", "train"] + arguments).joined(separator: " ") }
  }

  let name: String
  let jobs: [Job]
  let hardware: HardwareFile
  let hardwareText: String
  let replaySamples: Int
  /// What a reader must know, a sentence each.
  let remarks: [String]

  /// Makes the points of a specification.
  ///
  /// - Parameters:
  ///   - sweep: the specification.
  ///   - extra: further options of the training, which come last.
  ///   - shard: the part of the points that is wanted; all if nil.
  /// - Throws: what does not fit, with the remedy.
  init(_ sweep: SweepSpecification, extra: [String], shard: SweepShard? = nil) throws {
    guard let path = sweep.hardware else {
      throw ExplorationError(
        message: "the sweep '\(sweep.name)' names no accelerator; give one, as in --hardware "
          + "hardware/digits-demo.yaml")
    }
    try self.init(
      name: sweep.name, trainings: sweep.configurations.map { Self.arguments(sweep, $0) + extra },
      hardware: path, replaySamples: sweep.replaySamples, shard: shard)
  }

  /// Makes points, and prepares the first training, so that data, network and hardware are known to fit
  /// each other before time is spent.
  ///
  /// A point's key is the same whichever part of the points it is made with.
  ///
  /// - Parameters:
  ///   - name: the sweep's name.
  ///   - trainings: the options of every training, of all parts.
  ///   - path: the accelerator's file.
  ///   - replaySamples: test samples, from the first, that are replayed.
  ///   - shard: the part of the points that is wanted; all if nil.
  ///   - data: where this machine has the samples; where the options say if nil.
  /// - Throws: what does not fit, with the remedy.
  init(
    name: String, trainings: [[String]], hardware path: String, replaySamples: Int,
    shard: SweepShard?, data: String? = nil
  ) throws {
    self.name = name
    hardware = try HardwareFile(path: path)
    let hardwareText = try String(contentsOfFile: path, encoding: .utf8)
    self.hardwareText = hardwareText
    self.replaySamples = replaySamples
    func options(_ arguments: [String]) throws -> TrainOptions {
      var options = try Self.options(arguments)
      if let data { options.input.data = data }
      return options
    }
    let first = try TrainPlan(options(trainings[0]))
    try Self.check(first, on: hardware, samples: replaySamples)
    remarks = first.remarks
    let identity = try DataIdentity(
      first.data, encoder: first.settings.encoder, timeSteps: first.network.timeSteps)
    let positions = shard.map { Array($0.positions(of: trainings.count)) }
    jobs = try (positions ?? Array(trainings.indices)).map { position in
      let job = try options(trainings[position])
      var digest = Fingerprint()
      digest.add(SoftwareVersion.current)
      digest.add(hardwareText)
      digest.add("\(replaySamples) \(identity.fingerprint)")
      digest.add(try job.canonicalText())
      return Job(key: digest.text, options: job, arguments: trainings[position])
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
