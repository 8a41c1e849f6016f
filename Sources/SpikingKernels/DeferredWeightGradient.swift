/// The weight gradient of a full connection for several samples at once.
///
/// One sample touches almost every weight of a full connection and hardly any of them twice, so that
/// its gradient is bound by memory. Inputs and output gradients of some samples wait here, and the
/// weights are visited once for all. Sums run in the same order as sample by sample.
package final class DeferredWeightGradient {
  private let plan: ConnectionPlan
  private let capacity: Int
  private let inputs: FloatStorage
  private let gradients: FloatStorage
  private var samples = 0

  /// Nil for convolutions, whose weights stay in the cache.
  package init?(_ plan: ConnectionPlan) {
    guard plan.isFull else { return nil }
    self.plan = plan
    capacity = plan.deferredSamples
    let geometry = plan.geometry
    inputs = FloatStorage(count: capacity * plan.timeSteps * geometry.inputCount)
    gradients = FloatStorage(count: capacity * plan.timeSteps * geometry.outputCount)
  }

  /// Keeps a sample's blocks; adds what waits first if there is no room.
  func append(
    input: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    to weightGradient: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    if samples == capacity { flush(to: weightGradient, scratch: scratch) }
    let inputCount = plan.timeSteps * plan.geometry.inputCount
    let outputCount = plan.timeSteps * plan.geometry.outputCount
    (inputs.start + samples * inputCount).update(from: input, count: inputCount)
    (gradients.start + samples * outputCount).update(from: gradient, count: outputCount)
    samples += 1
  }

  /// Adds what waits to the gradient.
  package func flush(
    to weightGradient: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    guard samples > 0 else { return }
    ConnectionKernels.addWeightGradient(
      plan, rows: samples * plan.timeSteps, input: inputs.start, gradient: gradients.start,
      weightGradient: weightGradient, scratch: scratch)
    samples = 0
  }
}
