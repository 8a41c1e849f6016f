import Datasets
import SeededRandom
import SpikingNetworks

/// Trains a network by backpropagation through time.
///
/// ```swift
/// let trainer = try Trainer(description, settings: settings, data: digits, parts: parts)
/// let result = try trainer.run(threads: 2) { event in print(event) }
/// ```
///
/// The same network, settings, data and parts give the same weights to the last bit, on any number
/// of threads. The test samples are never looked at.
public struct Trainer: Sendable {
  /// The network with its initial weights.
  public let network: SpikingNetwork
  let settings: TrainingSettings
  let data: any LabelledSamples
  let parts: DataParts

  /// Checks that everything fits and makes the initial weights.
  ///
  /// - Throws: ``TrainingError``: `invalidSettings`, `mismatch` or `network`.
  public init(
    _ description: NetworkDescription, settings: TrainingSettings, data: any LabelledSamples,
    parts: DataParts
  ) throws(TrainingError) {
    try settings.validate()
    try description.checkFit(data, settings.encoder)
    try description.check(settings.spikes)
    guard !parts.training.isEmpty, !parts.validation.isEmpty else {
      throw TrainingError(
        .invalidSettings,
        "there are \(parts.training.count) training and \(parts.validation.count) validation samples",
        remedy: "give at least one of each")
    }
    do {
      let weights = try description.initialWeights(seed: settings.seed, gain: settings.weightGain)
      network = try SpikingNetwork(description, weights: weights)
    } catch {
      throw TrainingError(
        .network, error.message, remedy: error.remedy, location: error.location)
    }
    try settings.loss.check(network.plan)
    self.settings = settings
    self.data = data
    self.parts = parts
  }

  /// What determines the outcome: what a checkpoint is checked against.
  ///
  /// - Returns: the identity, for which some samples are read.
  /// - Throws: ``TrainingError`` (`data`) if a sample cannot be read.
  public func identity() throws(TrainingError) -> TrainingIdentity {
    TrainingIdentity(
      settings: settings, network: network.description,
      data: try DataIdentity(
        data, encoder: settings.encoder, timeSteps: network.plan.timeSteps), parts: parts)
  }

  /// Checks that a checkpoint is of this training.
  ///
  /// - Throws: ``TrainingError`` (`checkpoint`) that names what differs.
  public func check(_ checkpoint: TrainingCheckpoint) throws(TrainingError) {
    try checkpoint.check(isOf: identity())
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - threads: how many threads to use; the result is the same for any number.
  ///   - checkpoint: where to go on; nil for the beginning.
  ///   - checkpoints: when to tell `progress` a checkpoint.
  ///   - stop: ends the training after the batch at hand; the best network so far is returned.
  ///   - observer: looks at the spikes of validation samples, before `progress` is told the epoch.
  ///   - progress: told about every batch and epoch, on the calling thread.
  /// - Returns: the best network and what happened on the way.
  /// - Throws: ``TrainingError``: `diverged` if loss, gradients or weights leave the useful range before
  ///   an epoch is finished, later the result says so; `checkpoint` if the one to go on from is of
  ///   another training; `data` if a sample cannot be read; `noMemory` if there is none for a batch;
  ///   what `progress` throws.
  public func run(
    threads: Int, resuming checkpoint: TrainingCheckpoint? = nil,
    checkpoints: CheckpointInterval = .never, stop: StopSignal = StopSignal(),
    observer: SampleObserver? = nil,
    progress: (TrainingEvent) throws(TrainingError) -> Void = { _ in }
  ) throws(TrainingError) -> TrainingResult {
    var state = try TrainingState(network, settings, threads: threads)
    var course = TrainingCourse(layers: network.plan.layers.count)
    let identity = checkpoints == .never && checkpoint == nil ? nil : try identity()
    if let checkpoint, let identity {
      try checkpoint.check(isOf: identity)
      course = checkpoint.course
      state.resume(checkpoint)
    }
    func offer(_ isWanted: Bool) throws(TrainingError) {
      guard isWanted, checkpoints != .never, let identity else { return }
      try progress(
        .checkpoint(
          TrainingCheckpoint(
            identity: identity, course: course, parameters: state.parameters,
            optimiser: state.optimiserState)))
    }
    let batches = settings.batches(of: parts.training.count)
    var ending = TrainingResult.Ending.finished
    while course.epoch <= settings.epochs {
      if course.isOutOfPatience(settings.patience) {
        ending = .outOfPatience
        break
      }
      do throws(TrainingError) {
        let order = sampleOrder(epoch: course.epoch)
        while course.batch < batches, !stop.isRaised {
          try learn(order, batches, &course, &state, progress)
          let learned = (course.epoch - 1) * batches + course.batch
          try offer(
            course.batch < batches
              && checkpoints.isDue(epochs: 0, batches: learned, isEndOfEpoch: false))
        }
        if course.batch == batches {
          try finishEpoch(&course, state, threads, observer, progress)
          try offer(
            checkpoints.isDue(
              epochs: course.epoch - 1, batches: (course.epoch - 1) * batches, isEndOfEpoch: true))
        }
      } catch {
        guard error.code == .diverged, course.best.epoch > 0 else { throw error }
        ending = .diverged(error)
        break
      }
      if stop.isRaised {
        ending = .stopped
        try offer(true)
        break
      }
    }
    // Without a finished epoch the weights so far are all there is.
    let best = course.best.epoch > 0 ? course.best.parameters : state.parameters
    let isWhole = ending == .finished || ending == .outOfPatience
    return TrainingResult(
      network: try rebuilt(best), lastNetwork: isWhole ? try rebuilt(state.parameters) : nil,
      bestEpoch: course.best.epoch, epochs: course.summaries, ending: ending,
      notices: course.watch.notices)
  }

  func rebuilt(_ parameters: [Float]) throws(TrainingError) -> SpikingNetwork {
    do {
      return try network.replacingParameters(parameters)
    } catch {
      throw TrainingError(
        .diverged, error.message, remedy: error.remedy, location: error.location)
    }
  }
}
