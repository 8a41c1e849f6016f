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
    /// Of the first sample of every chunk, if the batch is measured.
    var gradients: GradientDensity

    init(layers: Int) {
      layerSpikes = [Int](repeating: 0, count: layers)
      gradients = GradientDensity(layers: layers)
    }
  }

  /// A batch and what is done with its samples; called on any thread.
  struct Batch {
    var count: Int
    /// Fills a workspace's input with a sample and returns its label.
    var load: (_ sample: Int, NetworkWorkspace) -> Int
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

  init(
    _ plan: NetworkPlan, surrogate: Surrogate, loss: SpikeLoss, threads: Int,
    reachesInput: Bool = false
  ) {
    self.plan = plan
    self.loss = loss
    self.threads = min(threads, Self.mostChunks)
    backward = BackwardPass(
      plan: plan, surrogate: surrogate.shape, readsMembranes: loss.readsMembranes,
      reachesInput: reachesInput)
    normalisers = plan.layers.map { BatchNormaliser($0, timeSteps: plan.timeSteps) }
    extent = OutputExtent(plan)
    chunkSums = (0..<Self.mostChunks).map { _ in FloatStorage(count: plan.trainableCount) }
    packed = PackedParameters(plan, goesBackTo: reachesInput ? 0 : 1)
    gradient = [Float](repeating: 0, count: plan.trainableCount)
  }

  /// Computes ``gradient`` for a batch.
  ///
  /// - Parameters:
  ///   - batch: the samples.
  ///   - parameters: flat, of `plan.parameterCount` values.
  /// - Returns: loss, hits and spikes of the batch.
  func run(_ batch: Batch, parameters: [Float]) -> BatchOutcome {
    let chunks = min(batch.count, Self.mostChunks)
    makeWorkspaces(isNormalised ? batch.count : threads)
    var outcomes = [BatchOutcome](
      repeating: BatchOutcome(layers: plan.layers.count), count: max(1, chunks))
    packed.load(parameters)
    outcomes.withUnsafeMutableBufferPointer { outcomes in
      for chunk in 0..<chunks {
        chunkSums[chunk].start.update(repeating: 0, count: plan.trainableCount)
      }
      if isNormalised {
        runTogether(batch, chunks, packed, outcomes)
      } else {
        runOneByOne(batch, chunks, packed, outcomes)
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

  /// Every sample all the way forward and back before the next: the memory of one is enough.
  private func runOneByOne(
    _ batch: Batch, _ chunks: Int, _ parameters: PackedParameters,
    _ outcomes: UnsafeMutableBufferPointer<BatchOutcome>
  ) {
    ParallelTasks.run(chunks, threads: threads) { chunk, worker in
      let (activity, workspace) = (activities[worker], gradients[worker])
      let range = samples(chunk, of: chunks, batch)
      for sample in range {
        let label = batch.load(sample, activity)
        let dropout = batch.dropout(sample)
        for index in plan.layers.indices {
          ForwardPass.connect(plan, index, parameters: parameters, workspace: activity)
          ForwardPass.emit(
            plan, index, parameters: parameters, workspace: activity, dropout: dropout)
        }
        judge(label, batch.count, activity, workspace, &outcomes[chunk])
        let sum = chunkSums[chunk].start
        for index in plan.layers.indices.reversed() {
          backward.neurons(
            index, activity, workspace, parameters: parameters, dropout: dropout, sum: sum)
          if batch.isMeasured, sample == range.lowerBound {
            backward.count(index, workspace, in: &outcomes[chunk].gradients)
          }
          backward.connection(
            index, activity, workspace, parameters: parameters, sum: sum)
        }
        batch.visitInputGradient(sample, workspace.output)
      }
      backward.flush(activity, workspace, sum: chunkSums[chunk].start)
    }
  }

  /// From the output to its gradient.
  func judge(
    _ label: Int, _ batchSize: Int, _ activity: NetworkWorkspace, _ workspace: GradientWorkspace,
    _ outcome: inout BatchOutcome
  ) {
    let output = OutputActivity(plan, activity)
    outcome.loss += loss.evaluate(
      extent, output, label: label, batchSize: batchSize,
      gradient: OutputGradient(spikes: workspace.output, membranes: workspace.outputMembranes))
    if SpikeLoss.prediction(extent, spikes: output.spikes) == label { outcome.correct += 1 }
    for index in plan.layers.indices {
      outcome.layerSpikes[index] += activity.spikeCounts[index]
    }
  }

  /// Adds a layer's weight gradients and steps back to the layer before.
  func connect(back index: Int, sample slot: Int, chunk: Int) {
    backward.connection(
      index, activities[slot], gradients[slot], parameters: packed, sum: chunkSums[chunk].start)
  }

  private func makeWorkspaces(_ count: Int) {
    while activities.count < count {
      activities.append(NetworkWorkspace(plan, keepsSpikes: backward.needsSpikes))
      gradients.append(GradientWorkspace(plan, defersWeights: !isNormalised))
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
