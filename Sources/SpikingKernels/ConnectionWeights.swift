import CTrainingKernels

/// One layer's weights as the kernels read them: `[block of outputs][tap][input][output]`.
///
/// A class because packing happens once a batch and all workers read the result.
package final class ConnectionWeights {
  let forward: FloatStorage
  let bias: FloatStorage
  /// With inputs and outputs exchanged and the taps in reverse; nil if nothing goes back.
  let backward: FloatStorage?
  /// The sums of all patterns of spikes that a kernel row can see; nil for many channels.
  let patterns: FloatStorage?
  private let plan: ConnectionPlan

  package init(_ plan: ConnectionPlan, goesBack: Bool) throws(MemoryShortage) {
    self.plan = plan
    forward = try FloatStorage(count: plan.forward.packedCount)
    bias = try FloatStorage(count: plan.forward.paddedOutputs)
    let run = plan.geometry.kernelWidth * plan.geometry.inputChannels
    patterns =
      plan.usesPatterns
      ? try FloatStorage(count: plan.geometry.kernelHeight * plan.forward.paddedOutputs << run)
      : nil
    let count = plan.backward?.packedCount ?? plan.geometry.weightCount
    backward = goesBack ? try FloatStorage(count: count) : nil
  }

  /// Packs weights laid out `[tap][input channel][output channel]`.
  package func pack(_ weights: UnsafePointer<Float>, bias values: UnsafePointer<Float>) {
    let outputs = plan.geometry.outputChannels
    bias.start.update(from: values, count: outputs)
    let rows = plan.geometry.taps * plan.geometry.inputChannels
    let width = Int(plan.forward.blockWidth)
    for row in 0..<rows {
      for first in stride(from: 0, to: outputs, by: width) {
        let target = forward.start + (first * rows + row * width)
        target.update(from: weights + row * outputs + first, count: min(width, outputs - first))
      }
    }
    if let patterns {
      var shape = plan.forward
      lockstep_fill_patterns(&shape, forward.start, patterns.start)
    }
    guard let backward else { return }
    guard let shape = plan.backward else {
      ConnectionKernels.transpose(plan.geometry, weights: weights, to: backward.start)
      return
    }
    packBackward(weights, shape, to: backward.start)
  }

  private func packBackward(
    _ weights: UnsafePointer<Float>, _ shape: lockstep_convolution,
    to packed: UnsafeMutablePointer<Float>
  ) {
    let outputs = plan.geometry.outputChannels
    let inputs = Int(shape.outputChannels)
    let taps = Int(shape.kernelHeight * shape.kernelWidth)
    let width = Int(shape.blockWidth)
    for tap in 0..<taps {
      let reversed = taps - 1 - tap
      for input in 0..<inputs {
        let block = input / width * width
        let source = weights + (tap * inputs + input) * outputs
        let target = packed + (block * taps + reversed * width) * outputs + input % width
        for output in 0..<outputs { target[output * width] = source[output] }
      }
    }
  }
}
