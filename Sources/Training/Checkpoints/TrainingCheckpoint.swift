import SpikingNetworks

/// A training between two batches: all that is needed to go on to the bit-identical result.
///
/// Random numbers are functions of the seed, their purpose, the epoch and the sample (``RandomStream``),
/// so that the position is the state of all random streams. The running statistics of batch
/// normalisations are among the parameters.
public struct TrainingCheckpoint: Sendable {
  /// What is trained, on what, and how.
  public let identity: TrainingIdentity
  /// How the program was called, for whoever goes on; not used here.
  public var arguments: [String] = []

  var course: TrainingCourse
  let parameters: [Float]
  let optimiser: OptimiserState

  init(
    identity: TrainingIdentity, course: TrainingCourse, parameters: [Float],
    optimiser: OptimiserState
  ) {
    self.identity = identity
    self.course = course
    self.parameters = parameters
    self.optimiser = optimiser
  }

  /// Finished epochs.
  public var finishedEpochs: Int { course.epoch - 1 }
  /// Batches learned in the epoch after those.
  public var batchesOfNextEpoch: Int { course.batch }
  /// The finished epochs' results.
  public var summaries: [EpochSummary] { course.summaries }

  /// The position in words: `2 of 30 epochs and 5 batches`.
  public var position: String {
    "\(finishedEpochs) of \(identity.settings.epochs) epochs"
      + (course.batch > 0 ? " and \(course.batch) batches" : "")
  }

  /// Checks that a training is the one that the checkpoint was taken from.
  ///
  /// - Throws: ``TrainingError`` (`checkpoint`) that names what differs.
  func check(isOf other: TrainingIdentity) throws(TrainingError) {
    let differences = identity.differences(from: other)
    guard differences.isEmpty else {
      throw TrainingError(
        .checkpoint,
        "the checkpoint is of another training: \(differences.joined(separator: ", "))",
        remedy: "resume with the same options and data, or begin anew")
    }
  }
}
