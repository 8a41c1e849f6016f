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
  }

  /// More chunks would serve more cores but need more memory, one gradient each.
  static let mostChunks = 16

  /// The batch's gradient, flat.
  private(set) var gradient: [Float]

  private let plan: NetworkPlan
  private let backward: BackwardPass
  private let loss: SpikeLoss
  private let extent: OutputExtent
  private let threads: Int
  private let activities: [NetworkWorkspace]
  private let gradients: [GradientWorkspace]
  private let chunkSums: [FloatStorage]
  private let transposed: FloatStorage

  init(
    _ plan: NetworkPlan, surrogate: Surrogate, loss: SpikeLoss, threads: Int,
    reachesInput: Bool = false
  ) {
    self.plan = plan
    self.loss = loss
    self.threads = min(threads, Self.mostChunks)
    backward = BackwardPass(plan: plan, surrogate: surrogate.shape, reachesInput: reachesInput)
    extent = OutputExtent(plan)
    activities = (0..<self.threads).map { _ in NetworkWorkspace(plan) }
    gradients = (0..<self.threads).map { _ in GradientWorkspace(plan) }
    chunkSums = (0..<Self.mostChunks).map { _ in FloatStorage(count: plan.parameterCount) }
    transposed = FloatStorage(count: plan.parameterCount)
    gradient = [Float](repeating: 0, count: plan.parameterCount)
  }

  /// Computes ``gradient`` for a batch.
  ///
  /// - Parameters:
  ///   - count: the number of samples.
  ///   - parameters: flat, of `plan.parameterCount` values.
  ///   - load: fills a workspace's input with a sample and returns its label; called on any thread.
  ///   - visitInputGradient: given the sample and dL/d(input) if the engine reaches the input.
  /// - Returns: loss, hits and spikes of the batch.
  func run(
    count: Int, parameters: [Float], load: (_ sample: Int, NetworkWorkspace) -> Int,
    visitInputGradient: (_ sample: Int, UnsafePointer<Float>) -> Void = { _, _ in }
  ) -> BatchOutcome {
    let chunks = min(count, Self.mostChunks)
    var outcomes = [BatchOutcome](
      repeating: BatchOutcome(layerSpikes: [Int](repeating: 0, count: plan.layers.count)),
      count: max(1, chunks))
    parameters.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      transpose(start)
      outcomes.withUnsafeMutableBufferPointer { outcomes in
        ParallelTasks.run(chunks, threads: threads) { chunk, worker in
          chunkSums[chunk].start.update(repeating: 0, count: plan.parameterCount)
          for sample in (chunk * count / chunks)..<((chunk + 1) * count / chunks) {
            let label = load(sample, activities[worker])
            add(
              label, count, start, activities[worker], gradients[worker],
              to: chunkSums[chunk].start, &outcomes[chunk])
            visitInputGradient(sample, gradients[worker].output)
          }
        }
      }
    }
    reduce(chunks)
    return outcomes.dropFirst().reduce(into: outcomes[0]) { total, outcome in
      total.loss += outcome.loss
      total.correct += outcome.correct
      for layer in plan.layers.indices { total.layerSpikes[layer] += outcome.layerSpikes[layer] }
    }
  }

  private func add(
    _ label: Int, _ batchSize: Int, _ parameters: UnsafePointer<Float>,
    _ activity: NetworkWorkspace, _ workspace: GradientWorkspace,
    to sum: UnsafeMutablePointer<Float>, _ outcome: inout BatchOutcome
  ) {
    ForwardPass.run(plan, parameters: parameters, workspace: activity)
    let spikes = activity.input(ofLayer: plan.layers.count)
    outcome.loss += loss.evaluate(
      extent, spikes: spikes, label: label, batchSize: batchSize, gradient: workspace.output)
    if SpikeLoss.prediction(extent, spikes: spikes) == label { outcome.correct += 1 }
    for (index, layer) in plan.layers.enumerated() {
      outcome.layerSpikes[index] += RowSums.spikes(
        activity.layers[index].spikes, count: plan.timeSteps * layer.shape.neurons.count)
    }
    backward.run(activity, workspace, transposed: transposed.start, sum: sum)
  }

  private func transpose(_ parameters: UnsafePointer<Float>) {
    for layer in plan.layers {
      ConnectionKernels.transpose(
        layer.geometry, weights: parameters + layer.weightOffset,
        to: transposed.start + layer.weightOffset)
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
  }
}

extension OutputExtent {
  init(_ plan: NetworkPlan) {
    self.init(
      timeSteps: plan.timeSteps, classes: plan.classes,
      population: plan.outputCount / plan.classes)
  }
}
