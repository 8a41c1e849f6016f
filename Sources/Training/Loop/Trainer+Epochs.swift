import Datasets
import SeededRandom
import SpikingNetworks

extension Trainer {
  /// Batches of an epoch whose gradients are counted, evenly spread.
  private static let measuredBatches = 8
  /// Samples that are run again to find out why a layer is silent.
  private static let probedSamples = 16

  /// The order in which an epoch learns its samples.
  func sampleOrder(epoch: Int) -> [Int] {
    var order = parts.training
    var stream = RandomStream(
      seed: settings.seed, path: RandomPurpose.sampleOrder.rawValue, UInt64(epoch))
    stream.shuffle(&order)
    return order
  }

  /// Learns the next batch of the epoch.
  func learn(
    _ order: [Int], _ batches: Int, _ course: inout TrainingCourse, _ state: inout TrainingState,
    _ progress: (TrainingEvent) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    let (epoch, batch) = (course.epoch, course.batch)
    let range = (batch * settings.batchSize)..<min(order.count, (batch + 1) * settings.batchSize)
    let samples = Array(order[range])
    let rate = settings.rate(epoch: epoch, batch: batch, batches: batches)
    let failure = SampleFailure()
    var work = GradientEngine.Batch(count: samples.count) { index, space in
      failure.catching(index) { () throws(DatasetError) in
        network.plan.copy(try input(epoch, samples[index]), into: space)
      }
      return data.labels[samples[index]]
    }
    work.dropout = { index in
      DropoutMask(seed: settings.seed, epoch: epoch, sample: samples[index])
    }
    let spacing = max(1, batches / Self.measuredBatches)
    work.isMeasured = batch % spacing == 0
    let outcome = try state.computeGradient(work)
    try failure.check()
    let first = course.firstLoss ?? outcome.loss
    let place = "epoch \(epoch), batch \(batch + 1) of \(batches)"
    try stopIfDiverged(
      Divergence.complaint(
        loss: outcome.loss, first: first, gradient: state.gradient, plan: network.plan,
        probe: { probe(epoch, samples, state.parameters) }), place)
    state.apply(learningRate: rate)
    try stopIfDiverged(
      Divergence.complaint(parameters: state.parameters, plan: network.plan), place)
    course.firstLoss = first
    course.results.learningRate = rate
    course.results.add(outcome, samples: samples.count)
    course.batch += 1
    if epoch == 1, course.batch == LayerWatch.patience, course.batch < batches {
      try look(
        &course, state, period: "in the first \(LayerWatch.patience) batches",
        isEndOfEpoch: false, progress)
    }
    try progress(
      .batch(
        BatchProgress(
          epoch: epoch, epochs: settings.epochs, batch: batch + 1, batches: batches,
          samples: samples.count, loss: course.results.meanLoss,
          accuracy: course.results.accuracy)))
  }

  /// Judges the network on the validation samples and goes on to the next epoch.
  func finishEpoch(
    _ course: inout TrainingCourse, _ state: TrainingState, _ threads: Int,
    _ observer: SampleObserver?, _ progress: (TrainingEvent) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    let current = try rebuilt(state.parameters)
    let validation = try current.evaluate(
      data, samples: parts.validation, encoder: settings.encoder, loss: settings.loss,
      seed: settings.seed, observer: observer, threads: threads)
    let isBest = course.best.consider(
      validation, epoch: course.epoch, parameters: state.parameters)
    let results = course.results
    let summary = EpochSummary(
      epoch: course.epoch, loss: results.meanLoss, trainingAccuracy: results.accuracy,
      validationLoss: validation.loss, validationAccuracy: validation.accuracy,
      learningRate: results.learningRate, firingRates: rates(results),
      layers: statistics(validation, results.gradients), isBest: isBest)
    try look(
      &course, state, period: "in epoch \(course.epoch)", isEndOfEpoch: true, progress)
    course.finish(summary)
    try progress(.epoch(summary, current))
  }

  /// A sample's input in an epoch: new spikes every time, which keeps the network from learning
  /// them by heart.
  private func input(_ epoch: Int, _ sample: Int) throws(DatasetError) -> [Float] {
    try settings.encoder.input(
      data, sample: sample, timeSteps: network.plan.timeSteps, seed: settings.seed, epoch: epoch)
  }

  private func rates(_ results: EpochResults) -> [Double] {
    network.plan.firingRates(results.layerSpikes, samples: results.samples)
  }

  private func statistics(
    _ validation: Evaluation, _ gradients: GradientDensity
  ) -> [LayerStatistics] {
    let densities = gradients.densities
    return network.plan.layers.indices.map { index in
      let layer = network.plan.layers[index]
      return LayerStatistics(
        name: layer.name, sparsity: 1 - validation.firingRates[index],
        gradientDensity: densities[index],
        synapticOperations: validation.synapticOperations[index],
        denseOperations: SynapticReach(layer.geometry, timeSteps: network.plan.timeSteps)
          .denseOperations)
    }
  }

  /// Notices layers that are silent or saturated.
  private func look(
    _ course: inout TrainingCourse, _ state: TrainingState, period: String, isEndOfEpoch: Bool,
    _ progress: (TrainingEvent) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    let epoch = course.epoch
    let news = course.watch.look(
      at: rates(course.results), period: period, isEndOfEpoch: isEndOfEpoch, plan: network.plan,
      settings: settings
    ) { layer in
      let samples = Array(parts.training.prefix(Self.probedSamples))
      return probe(epoch, samples, state.parameters).membranes(layer)
    }
    for notice in news { try progress(.notice(notice)) }
  }

  private func probe(_ epoch: Int, _ samples: [Int], _ parameters: [Float]) -> ActivityProbe {
    ActivityProbe(
      plan: network.plan, parameters: parameters,
      inputs: samples.map { sample in
        { workspace in
          // The samples were read a moment ago; one that cannot be read now explains nothing.
          guard let values = try? input(epoch, sample) else { return }
          network.plan.copy(values, into: workspace)
        }
      })
  }

  private func stopIfDiverged(
    _ complaint: String?, _ place: String
  ) throws(TrainingError) {
    guard let complaint else { return }
    throw TrainingError(
      .diverged, "training has diverged: \(complaint)", remedy: Divergence.remedy(settings),
      location: place)
  }
}
