import SpikingKernels
import SpikingNetworks

/// The loss of a batch and its derivatives.
public struct BatchGradients: Sendable {
  /// The loss, a mean over the batch.
  public let loss: Float
  /// dL/d(weights and biases), under the parameters' names and in their shapes.
  public let weights: NetworkWeights
  /// dL/d(beta) of every layer that learns its decay, else nil.
  public let decays: [Float?]
  /// dL/d(theta) of every layer that learns its threshold, else nil.
  public let thresholds: [Float?]
  /// dL/d(input) of every sample: `[time step][channel][row][column]`.
  public let inputs: [[Float]]
}

extension SpikingNetwork {
  /// The gradients of a batch by backpropagation through time.
  ///
  /// Batch normalisations use the statistics of the batch; nothing is dropped.
  ///
  /// ```swift
  /// let gradients = try network.gradients(
  ///   inputs: samples, labels: [3, 1], loss: .countCrossEntropy, surrogate: .arctangent(alpha: 2))
  /// ```
  ///
  /// - Parameters:
  ///   - inputs: one array a sample: `[time step][channel][row][column]`.
  ///   - labels: the class of each sample.
  ///   - loss: the loss.
  ///   - surrogate: the derivative that stands for the spike's.
  ///   - spikes: hard, or smooth as the surrogate's integral.
  ///   - threads: how many threads to use; the result is the same for any number.
  /// - Returns: the loss and the gradients of all parameters and inputs.
  /// - Throws: ``TrainingError`` (`mismatch`) if inputs and labels do not fit the network or each
  ///   other, or the loss the network, or the spikes the surrogate; `noMemory` if there is none for
  ///   the batch.
  public func gradients(
    inputs: [[Float]], labels: [Int], loss: SpikeLoss, surrogate: Surrogate,
    spikes: SpikeForm = .hard, threads: Int = 1
  ) throws(TrainingError) -> BatchGradients {
    try check(inputs, labels: labels)
    try loss.check(plan)
    let plan = try spikes.applied(to: plan, surrogate: surrogate)
    do throws(MemoryShortage) {
      let engine = try GradientEngine(
        plan, surrogate: surrogate, loss: loss, threads: max(1, threads), reachesInput: true)
      return try gradients(inputs: inputs, labels: labels, engine)
    } catch {
      throw TrainingError(
        error, to: "find gradients of", plan, threads: threads, batch: inputs.count)
    }
  }

  private func gradients(
    inputs: [[Float]], labels: [Int], _ engine: GradientEngine
  ) throws(MemoryShortage) -> BatchGradients {
    let plan = engine.plan
    let size = plan.timeSteps * plan.input.count
    let inputGradients = try FloatStorage(count: FloatStorage.product(size, inputs.count))
    var batch = GradientEngine.Batch(count: inputs.count) { sample, workspace in
      plan.copy(inputs[sample], into: workspace)
      return labels[sample]
    }
    batch.visitInputGradient = { sample, gradient in
      for step in 0..<plan.timeSteps {
        FrameLayout.channelsFirst(
          from: gradient + step * plan.input.count, channels: plan.input.channels,
          pixels: plan.input.pixels,
          to: inputGradients.start + sample * size + step * plan.input.count)
      }
    }
    let outcome = try engine.run(batch, parameters: parameters)
    return BatchGradients(
      loss: Float(outcome.loss), weights: plan.unpacked(engine.gradient, like: weights),
      decays: plan.layers.map { $0.places.decay.map { engine.gradient[$0] } },
      thresholds: plan.layers.map { $0.places.threshold.map { engine.gradient[$0] } },
      inputs: inputs.indices.map { sample in
        Array(UnsafeBufferPointer(start: inputGradients.start + sample * size, count: size))
      })
  }

  /// Checks that inputs and labels fit the network and each other.
  func check(_ inputs: [[Float]], labels: [Int]) throws(TrainingError) {
    guard inputs.count == labels.count, !inputs.isEmpty else {
      throw TrainingError(
        .mismatch, "there are \(inputs.count) inputs and \(labels.count) labels",
        remedy: "give at least one input, and one label an input")
    }
    guard labels.allSatisfy({ $0 >= 0 && $0 < description.classes }) else {
      throw TrainingError(
        .mismatch, "a label is not one of the \(description.classes) classes",
        remedy: "number the classes from 0")
    }
    for (sample, input) in inputs.enumerated() {
      do {
        try plan.check(input)
      } catch {
        throw TrainingError(
          .mismatch, error.message, remedy: error.remedy, location: "sample \(sample)")
      }
    }
  }
}
