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
  /// Weights beyond this leave a float no digits for thresholds near 1; training has exploded.
  static let largestWeight: Float = 1e6

  private let network: SpikingNetwork
  private let settings: TrainingSettings
  private let data: any LabelledSamples
  private let parts: DataParts

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

  /// Trains.
  ///
  /// - Parameters:
  ///   - threads: how many threads to use; the result is the same for any number.
  ///   - stop: ends the training after the batch at hand; the best network so far is returned.
  ///   - progress: told about every batch and epoch, on the calling thread.
  /// - Returns: the best network and what happened on the way.
  /// - Throws: ``TrainingError``: `diverged` if loss, gradients or weights leave the useful range, `data`
  ///   if a sample cannot be read.
  public func run(
    threads: Int, stop: StopSignal = StopSignal(), progress: (TrainingEvent) -> Void = { _ in }
  ) throws(TrainingError) -> TrainingResult {
    var state = TrainingState(network, settings, threads: threads)
    var best = BestEpoch()
    var summaries: [EpochSummary] = []
    var notices: [String] = []
    for epoch in 1...settings.epochs {
      let results = try learn(epoch, &state, stop, progress)
      if stop.isRaised, results.samples < parts.training.count {
        // Without a finished epoch the weights so far are all there is.
        if summaries.isEmpty { best.parameters = state.parameters }
        break
      }
      let current = try rebuilt(state.parameters)
      let validation = try current.evaluate(
        data, samples: parts.validation, encoder: settings.encoder, loss: settings.loss,
        seed: settings.seed, threads: threads)
      let isBest = best.consider(validation, epoch: epoch, parameters: state.parameters)
      let summary = EpochSummary(
        epoch: epoch, loss: results.meanLoss, trainingAccuracy: results.accuracy,
        validationLoss: validation.loss, validationAccuracy: validation.accuracy,
        learningRate: results.learningRate,
        firingRates: network.plan.firingRates(results.layerSpikes, samples: results.samples),
        isBest: isBest)
      summaries.append(summary)
      progress(.epoch(summary))
      for notice in silentLayers(summary) where !notices.contains(notice) {
        notices.append(notice)
        progress(.notice(notice))
      }
      if let patience = settings.patience, epoch - best.epoch >= patience { break }
      if stop.isRaised { break }
    }
    return TrainingResult(
      network: try rebuilt(best.parameters), bestEpoch: best.epoch, epochs: summaries,
      wasStopped: stop.isRaised, notices: notices)
  }

  private func learn(
    _ epoch: Int, _ state: inout TrainingState, _ stop: StopSignal,
    _ progress: (TrainingEvent) -> Void
  ) throws(TrainingError) -> EpochResults {
    var order = parts.training
    var stream = RandomStream(
      seed: settings.seed, path: RandomPurpose.sampleOrder.rawValue, UInt64(epoch))
    stream.shuffle(&order)
    let batches = settings.batches(of: order.count)
    let failure = SampleFailure()
    var results = EpochResults(layers: network.plan.layers.count)
    for batch in 0..<batches {
      if stop.isRaised { break }
      let range = (batch * settings.batchSize)..<min(order.count, (batch + 1) * settings.batchSize)
      let samples = order[range]
      results.learningRate = settings.rate(epoch: epoch, batch: batch, batches: batches)
      var work = GradientEngine.Batch(count: samples.count) { index, space in
        let sample = samples[samples.startIndex + index]
        failure.catching(index) { () throws(DatasetError) in
          // New spikes every epoch, which keeps the network from learning them by heart.
          let input = try settings.encoder.input(
            data, sample: sample, timeSteps: network.plan.timeSteps, seed: settings.seed,
            epoch: epoch)
          network.plan.copy(input, into: space)
        }
        return data.labels[sample]
      }
      work.dropout = { index in
        DropoutMask(
          seed: settings.seed, epoch: epoch, sample: samples[samples.startIndex + index])
      }
      let outcome = state.step(work, learningRate: results.learningRate)
      try failure.check()
      results.add(outcome, samples: samples.count)
      try checkRange(outcome.loss, state, "epoch \(epoch), batch \(batch + 1) of \(batches)")
      progress(
        .batch(
          BatchProgress(
            epoch: epoch, epochs: settings.epochs, batch: batch + 1, batches: batches,
            loss: results.meanLoss, accuracy: results.accuracy)))
    }
    return results
  }

  private func checkRange(
    _ loss: Double, _ state: TrainingState, _ place: String
  ) throws(TrainingError) {
    let complaint: String
    if !loss.isFinite {
      complaint = "the loss became \(loss)"
    } else if let slope = state.gradient.first(where: { !$0.isFinite }) {
      complaint = "a gradient became \(slope)"
    } else if let weight = state.parameters.first(where: { !(abs($0) <= Self.largestWeight) }) {
      complaint = "a weight became \(weight)"
    } else {
      return
    }
    throw TrainingError(
      .diverged, "training has diverged: \(complaint)",
      remedy: "use a smaller learning rate than \(settings.learningRate), a smaller weight gain or"
        + " a narrower surrogate", location: place)
  }

  private func silentLayers(_ summary: EpochSummary) -> [String] {
    zip(network.plan.layers, summary.firingRates).compactMap { layer, rate in
      guard rate == 0 else { return nil }
      return "layer \(layer.name) did not spike once in epoch \(summary.epoch), so that nothing"
        + " reaches the output; raise the weight gain (now \(settings.weightGain)) or beta, or"
        + " lower theta"
    }
  }

  private func rebuilt(_ parameters: [Float]) throws(TrainingError) -> SpikingNetwork {
    do {
      return try network.replacingParameters(parameters)
    } catch {
      throw TrainingError(
        .diverged, error.message, remedy: error.remedy, location: error.location)
    }
  }
}
