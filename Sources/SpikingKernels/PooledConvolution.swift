import CTrainingKernels

/// A convolution, plain neurons and a 2x2 pooling of their spikes as one operation on one sample.
///
/// Two rows of neurons at a time go through all steps, so that their currents, membranes and gradients
/// are still in the cache when the next part needs them; currents and spikes are never written to
/// memory.
package struct PooledConvolution: Sendable {
  private let plan: ConnectionPlan
  private let window: MaxPoolWindow
  /// The reversed convolution, from gradients with their margin.
  private let reversed: lockstep_convolution

  /// Nil if the kernels cannot do it.
  package init?(_ plan: ConnectionPlan, _ window: MaxPoolWindow) {
    guard !plan.isFull, plan.margin >= 0, PlainNeurons.pools(window),
      var reversed = plan.backward
    else { return nil }
    reversed.inputHeight += 2 * reversed.padding
    reversed.inputWidth += 2 * reversed.padding
    reversed.padding = 0
    self.plan = plan
    self.window = window
    self.reversed = reversed
  }

  private var row: Int { window.inputWidth * window.channels }
  private var frame: Int { window.inputHeight * row }
  private var pooledRow: Int { window.outputWidth * window.channels }

  /// From the input of all steps to pooled spikes.
  ///
  /// `isRepeated` says that every step's input is the first step's. `membranes` becomes the membranes
  /// before the next step's reset; nil if nobody wants them.
  ///
  /// - Returns: the number of spikes before the pooling.
  package func forward(
    _ neurons: PlainNeurons, input: UnsafePointer<Float>, isRepeated: Bool,
    weights: ConnectionWeights, membranes: UnsafeMutablePointer<Float>?,
    pooled: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) -> Int {
    var shape = plan.forward
    let frames = (0..<(isRepeated ? 1 : plan.timeSteps)).map { step in
      ListedFrame(
        input + step * plan.geometry.inputCount, for: shape, table: weights.patterns, slot: step,
        scratch: scratch)
    }
    let currents = scratch.lines
    let membraneLine = scratch.lines + 2 * row
    var spikes = 0
    for first in stride(from: 0, to: window.inputHeight, by: 2) {
      let rows = first..<min(first + 2, window.inputHeight)
      for step in 0..<plan.timeSteps {
        if step < frames.count {
          frames[step].convolve(
            &shape, rows: rows, weights: weights.forward.start, bias: weights.bias.start,
            output: currents)
          scratch.clock?.mark(.convolution)
        }
        let place = membranes.map { $0 + step * frame + first * row }
        let before = membranes == nil ? membraneLine : place.map { $0 - frame }
        spikes += neurons.forwardLine(
          rows: rows.count, window, currents: currents,
          before: step == 0 ? nil : before.map { UnsafePointer($0) },
          membranes: place ?? membraneLine,
          pooled: pooled + (step * window.outputHeight + first / 2) * pooledRow)
        scratch.clock?.mark(.neurons)
      }
    }
    return spikes
  }

  /// From the gradient of the pooled spikes to those of weights and bias, which are added, and of the
  /// input, if it is wanted.
  ///
  /// `gradients` is memory for ``gradientCount`` floats, zero before its first use here and used by
  /// this layer alone: the margins of its frames stay zero.
  ///
  /// - Returns: how many gradients of currents are not zero.
  package func backward(
    _ neurons: PlainNeurons, input: UnsafePointer<Float>, isRepeated: Bool,
    weights: ConnectionWeights, membranes: UnsafePointer<Float>,
    pooledGradients: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?, scratch: ConnectionScratch
  ) -> Int {
    let paddedRow = (window.inputWidth + 2 * plan.margin) * window.channels
    let paddedFrame = plan.paddedGradientCount
    let origin = plan.margin * (paddedRow + window.channels)
    // One frame stands for all, if every step's input is the same and only their sum is needed.
    let sumsFrames = isRepeated && inputGradient == nil
    let frames = sumsFrames ? 1 : plan.timeSteps
    let height = plan.geometry.inputHeight
    let isBinary = ConnectionKernels.list(
      input, pixels: frames * height * plan.geometry.inputWidth, width: plan.geometry.inputWidth,
      channels: plan.geometry.inputChannels, scratch: scratch)
    var listed = plan.listedRows(scratch, frames: frames, height: height)
    var (nonzero, nextRow) = (0, 0)
    for line in 0..<window.outputHeight {
      let place = gradients + origin + 2 * line * paddedRow
      nonzero += neurons.backwardLine(
        line, timeSteps: plan.timeSteps, window, membranes: membranes,
        pooledGradients: pooledGradients, gradients: place, gradientStep: paddedFrame,
        gradientRow: paddedRow, sums: biasGradient, scratch: scratch.lines)
      if sumsFrames {
        for step in 1..<max(1, plan.timeSteps) {
          RowKernels.add(place + step * paddedFrame, count: paddedRow + row, to: place)
        }
      }
      scratch.clock?.mark(.neuronsBack)
      // The rows of the input whose outputs all have their gradients by now.
      let isLast = line == window.outputHeight - 1
      let end = isLast ? height : min(height, 2 * line + 2 - plan.geometry.padding)
      guard isLast || (end - nextRow) * frames * paddedRow >= Self.bandCount else { continue }
      (listed.first_row, listed.end_row) = (Int32(nextRow), Int32(end))
      ConnectionKernels.addRows(
        plan, listed, isBinary: isBinary, gradients: gradients, weightGradient: weightGradient,
        scratch: scratch)
      scratch.clock?.mark(.weightGradient)
      nextRow = end
    }
    guard let inputGradient, let packed = weights.backward else { return nonzero }
    var shape = reversed
    for step in 0..<plan.timeSteps {
      ListedFrame(gradients + step * paddedFrame, for: shape, table: nil, scratch: scratch)
        .convolve(
          &shape, rows: 0..<Int(shape.outputHeight), weights: packed.start, bias: nil,
          output: inputGradient + step * plan.geometry.inputCount)
    }
    scratch.clock?.mark(.inputGradient)
    return nonzero
  }

  /// Floats of all steps' gradients with their margins.
  package var gradientCount: Int { plan.timeSteps * plan.paddedGradientCount }

  /// Gradients that stay in the second cache until the weight gradient has read them.
  private static let bandCount = 1 << 16
}
