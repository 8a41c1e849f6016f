import Accelerator
import Exploration
import Foundation
import PowerEstimation
import SpikeTraces
import SpikingNetworks
import Synchronization
import Training

/// What all points of a sweep share: the accelerator, the data, and how a point becomes a training.
final class SweepBench: Sendable {
  let name: String
  let hardware: HardwareFile
  let replaySamples: Int
  /// What a reader must know, a sentence each.
  let remarks: [String]
  let data = SharedData()
  /// The text of the accelerator's file.
  let hardwareText: String
  private let preset: String
  private let extra: [String]
  /// Where this machine has the samples, if not where the options say.
  private let localData: String?
  private let fingerprints = Mutex<[String: String]>([:])

  /// Prepares one training, so that data, network and hardware are known to fit each other before time is
  /// spent.
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
    preset = sweep.preset
    self.extra = extra
    localData = nil
    hardware = try HardwareFile(path: path)
    hardwareText = try String(contentsOfFile: path, encoding: .utf8)
    replaySamples = sweep.replaySamples
    remarks = try Self.remarks(
      Self.options(Self.arguments(preset, sweep.firstConfiguration) + extra), on: hardware,
      samples: replaySamples, sharing: data)
  }

  /// Prepares the first training of a sweep that was submitted to a cluster.
  ///
  /// - Parameters:
  ///   - manifest: what the sweep consists of.
  ///   - folder: the sweep's folder.
  ///   - path: where this machine has the samples; where the options say if nil.
  /// - Throws: what does not fit, with the remedy.
  init(_ manifest: SweepManifest, in folder: SweepFolder, data path: String?) throws {
    name = manifest.sweep
    preset = ""
    extra = []
    localData = path
    hardware = try HardwareFile(path: "\(folder.path)/\(manifest.hardware)")
    hardwareText = try String(contentsOfFile: hardware.path, encoding: .utf8)
    replaySamples = manifest.replaySamples
    var options = try Self.options(manifest.points[0].training)
    if let path { options.input.data = path }
    remarks = try Self.remarks(options, on: hardware, samples: replaySamples, sharing: data)
  }

  /// A point.
  ///
  /// - Parameter configuration: its options and seed.
  /// - Returns: the point with its key.
  /// - Throws: what is wrong with its options, with the remedy.
  func job(_ configuration: SweepSpecification.Configuration) throws -> SweepPlan.Job {
    try job(
      training: Self.arguments(preset, configuration) + extra, choices: configuration.choices)
  }

  /// A point.
  ///
  /// - Parameters:
  ///   - arguments: the options of its training, as `lockstep train` would be told.
  ///   - choices: those of them that vary.
  /// - Returns: the point with its key.
  /// - Throws: what is wrong with its options, with the remedy.
  func job(
    training arguments: [String], choices: [SweepSpecification.Option] = []
  ) throws -> SweepPlan.Job {
    var options = try Self.options(arguments)
    if let localData { options.input.data = localData }
    let fingerprint = try dataFingerprint(options)
    var digest = Fingerprint()
    digest.add(SoftwareVersion.current)
    digest.add(hardwareText)
    digest.add("\(replaySamples) \(fingerprint)")
    digest.add(try options.canonicalText())
    return SweepPlan.Job(
      // The arguments always name the seed.
      key: digest.text, choices: choices, seed: options.seed ?? 1, options: options,
      arguments: arguments, dataFingerprint: fingerprint)
  }

  /// A digest of the data and of how they become input, computed once for trainings that share both.
  private func dataFingerprint(_ options: TrainOptions) throws -> String {
    let origin = options.dataText
    if let known = fingerprints.withLock({ $0[origin] }) { return known }
    let plan = try TrainPlan(options, sharing: data)
    let fingerprint = try DataIdentity(
      plan.data, encoder: plan.settings.encoder, timeSteps: plan.network.timeSteps
    ).fingerprint
    fingerprints.withLock { $0[origin] = fingerprint }
    return fingerprint
  }

  private static func arguments(
    _ preset: String, _ configuration: SweepSpecification.Configuration
  ) -> [String] {
    ["--preset", preset]
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

  /// Checks that trained networks can be recorded and replayed, and their power estimated.
  ///
  /// - Returns: what a reader must know, a sentence each.
  private static func remarks(
    _ options: TrainOptions, on hardware: HardwareFile, samples: Int, sharing data: SharedData
  ) throws -> [String] {
    let plan = try TrainPlan(options, sharing: data)
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
    return plan.remarks
  }
}
