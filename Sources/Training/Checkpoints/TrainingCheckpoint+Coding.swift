import Foundation
import SpikeTraces
import SpikingNetworks

extension TrainingCheckpoint {
  /// What is written as JSON; the rest are tensors.
  private struct State: Codable {
    var softwareVersion: String
    var arguments: [String]
    var identity: TrainingIdentity
    var course: TrainingCourse
    var optimiserSteps: Int
  }

  private static let formatName = "lockstep-checkpoint"
  private static let formatVersion = "1"

  /// The bytes of a checkpoint file: safetensors, with the state as JSON and a digest of it all in the
  /// metadata.
  ///
  /// - Throws: ``TrainingError`` (`checkpoint`) if the state has no JSON form.
  public func encoded() throws(TrainingError) -> Data {
    let state = State(
      softwareVersion: SoftwareVersion.current, arguments: arguments, identity: identity,
      course: course, optimiserSteps: optimiser.steps)
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      encoder.nonConformingFloatEncodingStrategy = Self.nonFinite.encoding
      let text = String(decoding: try encoder.encode(state), as: UTF8.self)
      var tensors = [
        Self.tensor("parameters", parameters), Self.tensor("best", course.best.parameters),
      ]
      for (index, moment) in optimiser.moments.enumerated() {
        tensors.append(Self.tensor("optimiser.\(index)", moment))
      }
      return try SafetensorsFile.encode(
        tensors,
        metadata: [
          "format": Self.formatName, "version": Self.formatVersion, "state": text,
          "digest": Self.digest(text, tensors.map(\.values)),
        ])
    } catch {
      throw TrainingError(
        .checkpoint, "the state of the training has no JSON form (\(error))",
        remedy: "please report it")
    }
  }

  /// Decodes the bytes of a checkpoint file; no size in them is believed before it is checked.
  ///
  /// - Throws: ``TrainingError`` (`checkpoint`) if it is truncated, damaged or of another version.
  public init(decoding data: Data) throws(TrainingError) {
    do {
      let file = try SafetensorsFile(decoding: data)
      guard file.metadata["format"] == Self.formatName else {
        throw Self.damaged("this is not a checkpoint of a training")
      }
      guard file.metadata["version"] == Self.formatVersion else {
        throw TrainingError(
          .checkpoint,
          "the checkpoint has the format version \(file.metadata["version"] ?? "none"), not"
            + " \(Self.formatVersion)", remedy: "resume with the version of lockstep that wrote it")
      }
      let text = file.metadata["state"] ?? ""
      let decoder = JSONDecoder()
      decoder.nonConformingFloatDecodingStrategy = Self.nonFinite.decoding
      let state = try decoder.decode(State.self, from: Data(text.utf8))
      let plan = try NetworkPlan(state.identity.network)
      let fresh = state.identity.settings.optimiser.makeOptimiser(
        parameterCount: plan.trainableCount
      ).state
      let parameters = try file.tensor("parameters", as: "parameters", shape: [plan.parameterCount])
        .values
      let hasBest = state.course.best.epoch > 0
      let best = try file.tensor("best", as: "best", shape: [hasBest ? plan.parameterCount : 0])
        .values
      var moments: [[Float]] = []
      for (index, moment) in fresh.moments.enumerated() {
        let name = "optimiser.\(index)"
        moments.append(try file.tensor(name, as: name, shape: [moment.count]).values)
      }
      guard file.metadata["digest"] == Self.digest(text, [parameters, best] + moments) else {
        throw Self.damaged("the content does not agree with its digest")
      }
      guard state.course.fits(plan, state.identity.settings) else {
        throw Self.damaged("the position is impossible")
      }
      self.init(
        identity: state.identity, course: state.course, parameters: parameters,
        optimiser: OptimiserState(steps: state.optimiserSteps, moments: moments))
      course.best.parameters = best
      arguments = state.arguments
    } catch let error as TrainingError {
      throw error
    } catch let error as NetworkError {
      throw Self.damaged(error.message)
    } catch {
      throw Self.damaged("its state is not understood")
    }
  }

  private static func tensor(_ name: String, _ values: [Float]) -> NamedTensor {
    NamedTensor(name: name, shape: [values.count], values: values)
  }

  private static func digest(_ text: String, _ tensors: [[Float]]) -> String {
    var digest = Fingerprint()
    digest.add(text)
    for values in tensors { digest.add(values) }
    return digest.text
  }

  private static func damaged(_ message: String) -> TrainingError {
    TrainingError(
      .checkpoint, message, remedy: "resume from an older checkpoint, or begin anew")
  }

  private static let nonFinite:
    (
      encoding: JSONEncoder.NonConformingFloatEncodingStrategy,
      decoding: JSONDecoder.NonConformingFloatDecodingStrategy
    ) = (
      .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan"),
      .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    )
}
