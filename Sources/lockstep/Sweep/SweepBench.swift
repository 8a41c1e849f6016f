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
  private let preset: String
  private let extra: [String]
  private let hardwareText: String
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
    hardware = try HardwareFile(path: path)
    hardwareText = try String(contentsOfFile: path, encoding: .utf8)
    replaySamples = sweep.replaySamples
    let arguments = Self.arguments(preset, sweep.firstConfiguration) + extra
    let first = try TrainPlan(Self.options(arguments), sharing: data)
    try Self.check(first, on: hardware, samples: replaySamples)
    remarks = first.remarks
  }

  /// A point.
  ///
  /// - Parameter configuration: its options and seed.
  /// - Returns: the point with its key.
  /// - Throws: what is wrong with its options, with the remedy.
  func job(_ configuration: SweepSpecification.Configuration) throws -> SweepPlan.Job {
    let arguments = Self.arguments(preset, configuration) + extra
    let options = try Self.options(arguments)
    let fingerprint = try dataFingerprint(options)
    var digest = Fingerprint()
    digest.add(SoftwareVersion.current)
    digest.add(hardwareText)
    digest.add("\(replaySamples) \(fingerprint)")
    digest.add(try options.canonicalText())
    return SweepPlan.Job(
      key: digest.text, choices: configuration.choices, seed: configuration.seed,
      options: options, command: (["lockstep", "train"] + arguments).joined(separator: " "),
      dataFingerprint: fingerprint)
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
