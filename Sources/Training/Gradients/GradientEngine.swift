import SpikingKernels
import SpikingNetworks

/// The gradient of a batch on all cores, the same to the last bit on any number of them.
///
/// The batch is cut into chunks whose number does not depend on the threads. Each chunk sums its
/// samples in order into a gradient of its own, and the chunks are then added in order.
final class GradientEngine {
  /// What a batch yielded beside its gradient.
  struct BatchOutcome {
    var loss = 0.0
    var correct = 0
    /// Spikes of each layer's neurons, over all samples and steps.
    var layerSpikes: [Int]
    /// dL/d(membranes) that are not zero, if the batch is measured.
    var gradients: GradientDensity

    init(layers: Int) {
      layerSpikes = [Int](repeating: 0, count: layers)
      gradients = GradientDensity(layers: layers)
    }
  }

  /// A batch and what is done with its samples; called on any thread.
  struct Batch {
    var count: Int
    /// Fills a slot's input with a sample and returns its label.
    var load: (_ sample: Int, WorkspaceSlot) -> Int
    /// Which outputs of a sample are dropped.
    var dropout: (_ sample: Int) -> DropoutMask? = { _ in nil }
    /// Given the sample and dL/d(input) if the engine reaches the input.
    var visitInputGradient: (_ sample: Int, UnsafePointer<Float>) -> Void = { _, _ in }
    /// Whether to count gradients that are not zero.
    var isMeasured = false
  }

  /// More chunks would serve more cores but need more memory, one gradient each.
  static let mostChunks = 16

  /// The batch's gradient, flat, of what is learned.
  private(set) var gradient: [Float]

  let plan: NetworkPlan
  let backward: BackwardPass
  let normalisers: [BatchNormaliser?]
  let threads: Int
  let chunkSums: [FloatStorage]
  private let loss: SpikeLoss
  private let extent: OutputExtent
  private let packed: PackedParameters
  private(set) var activities: [NetworkWorkspace] = []
  private(set) var gradients: [GradientWorkspace] = []
  /// What the layers cost, if somebody wants to know.
  private(set) var clock: StageClock?

  init(
    _ plan: NetworkPlan, surrogate: Surrogate, loss: SpikeLoss, threads: Int,
    reachesInput: Bool = false
  ) throws(MemoryShortage) {
    self.plan = plan
    self.loss = loss
    self.threads = min(threads, Self.mostChunks)
    backward = BackwardPass(
      plan: plan, surrogate: surrogate.shape, readsMembranes: loss.readsMembranes,
      reachesInput: reachesInput)
    normalisers = plan.layers.map { BatchNormaliser($0, timeSteps: plan.timeSteps) }
    extent = OutputExtent(plan)
    chunkSums = try (0..<Self.mostChunks).map { _ throws(MemoryShortage) in
      try FloatStorage(count: plan.trainableCount)
    }
    packed = try PackedParameters(plan, goesBackTo: reachesInput ? 0 : 1)
    gradient = [Float](repeating: 0, count: plan.trainableCount)
  }

  /// Computes ``gradient`` for a batch.
  ///
  /// - Parameters:
  ///   - batch: the samples.
  ///   - parameters: flat, of `plan.parameterCount` values.
  /// - Returns: loss, hits and spikes of the batch.
  /// - Throws: ``MemoryShortage`` if there is none for a batch of this size; nothing is computed then.
  func run(_ batch: Batch, parameters: [Float]) throws(MemoryShortage) -> BatchOutcome {
    let chunks = min(batch.count, Self.mostChunks)
    try makeWorkspaces(batch.count)
    var outcomes = [BatchOutcome](
      repeating: BatchOutcome(layers: plan.layers.count), count: max(1, chunks))
    packed.load(parameters)
    outcomes.withUnsafeMutableBufferPointer { outcomes in
      if isNormalised {
        for chunk in 0..<chunks { clear(chunk) }
        runTogether(batch, chunks, packed, outcomes)
      } else {
        runInGroups(batch, chunks, outcomes)
      }
    }
    reduce(chunks)
    return outcomes.dropFirst().reduce(into: outcomes[0]) { total, outcome in
      total.loss += outcome.loss
      total.correct += outcome.correct
      total.gradients.add(outcome.gradients)
      for layer in plan.layers.indices { total.layerSpikes[layer] += outcome.layerSpikes[layer] }
    }
  }

  /// Whether a layer needs the currents of the whole batch.
  private var isNormalised: Bool { normalisers.contains { $0 != nil } }

  /// The samples of a chunk.
  func samples(_ chunk: Int, of chunks: Int, _ batch: Batch) -> Range<Int> {
    (chunk * batch.count / chunks)..<((chunk + 1) * batch.count / chunks)
  }

  /// A few samples all the way forward and back before the next: their memory is enough.
  private func runInGroups(
    _ batch: Batch, _ chunks: Int, _ outcomes: UnsafeMutableBufferPointer<BatchOutcome>
  ) {
    let together = plan.samplesTogether
    ParallelTasks.run(chunks, threads: threads) { chunk, worker in
      let range = samples(chunk, of: chunks, batch)
      // Here, so that it is still in the cache when the first sample adds to it.
      clear(chunk)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: together) {
        run(
          batch, first..<min(first + together, range.upperBound), worker: worker, chunk: chunk,
          &outcomes[chunk])
      }
    }
  }

  private func clear(_ chunk: Int) {
    chunkSums[chunk].start.update(repeating: 0, count: plan.trainableCount)
  }

  /// Some samples forward and back in one workspace.
  private func run(
    _ batch: Batch, _ samples: Range<Int>, worker: Int, chunk: Int, _ outcome: inout BatchOutcome
  ) {
    let context = context(worker, chunk: chunk)
    let (activity, workspace) = (context.activity, context.gradients)
    let first = samples.lowerBound
    let labels = samples.map { sample in
      batch.load(sample, WorkspaceSlot(workspace: activity, index: sample - first))
    }
    let masks = samples.map(batch.dropout)
    clock?.skip()
    for index in plan.layers.indices {
      ForwardPass.layer(
        plan, index, parameters: packed, workspace: activity, samples: samples.count
      ) { masks[$0] }
    }
    for (slot, label) in labels.enumerated() {
      judge(label, batch.count, activity, workspace, slot: slot, &outcome)
    }
    clock?.skip()
    for index in plan.layers.indices.reversed() {
      let nonzero = backward.layer(
        index, samples: samples.count, context, counts: batch.isMeasured
      ) { masks[$0] }
      if let nonzero {
        outcome.gradients.add(nonzero, of: samples.count, plan, layer: index)
      }
    }
    for (slot, sample) in samples.enumerated() {
      batch.visitInputGradient(
        sample, workspace.output + slot * plan.timeSteps * plan.input.count)
    }
  }

  /// From the output to its gradient.
  func judge(
    _ label: Int, _ batchSize: Int, _ activity: NetworkWorkspace, _ workspace: GradientWorkspace,
    slot: Int, _ outcome: inout BatchOutcome
  ) {
    let output = OutputActivity(plan, activity, slot: slot)
    let place = slot * plan.timeSteps * plan.outputCount
    outcome.loss += loss.evaluate(
      extent, output, label: label, batchSize: batchSize,
      gradient: OutputGradient(
        spikes: workspace.output + place, membranes: workspace.outputMembranes + place))
    if SpikeLoss.prediction(extent, spikes: output.spikes) == label { outcome.correct += 1 }
    for index in plan.layers.indices {
      outcome.layerSpikes[index] += activity.spikeCounts[slot * plan.layers.count + index]
    }
  }

  /// What the way back of a workspace's samples needs.
  func context(_ workspace: Int, chunk: Int) -> BackwardPass.Context {
    BackwardPass.Context(
      activity: activities[workspace], gradients: gradients[workspace], parameters: packed,
      sum: chunkSums[chunk].start)
  }

  /// Measures the layers from now on; only for one thread.
  func measureStages() throws(MemoryShortage) {
    try makeWorkspaces()
    guard threads == 1, !isNormalised else { return }
    clock = StageClock(layers: plan.layers.count)
    activities[0].connections.clock = clock
  }

  private func makeWorkspaces(_ batchSize: Int = 1) throws(MemoryShortage) {
    let samples = isNormalised ? 1 : plan.samplesTogether
    while activities.count < (isNormalised ? batchSize : threads) {
      let activity = try NetworkWorkspace(plan, samples: samples, keeping: backward.kept)
      gradients.append(
        try GradientWorkspace(plan, samples: samples, reachesInput: backward.reachesInput))
      activities.append(activity)
    }
  }

  private func reduce(_ chunks: Int) {
    gradient.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      start.update(repeating: 0, count: target.count)
      for chunk in 0..<chunks {
        RowSums.add(chunkSums[chunk].start, count: target.count, to: start)
      }
    }
    for (layer, normaliser) in zip(plan.layers, normalisers) {
      guard let place = layer.places.scale, let normaliser else { continue }
      for (offset, slope) in normaliser.gradient.enumerated() { gradient[place + offset] = slope }
    }
  }
}
