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
  /// before the next step's reset, `winners` what the way back needs; nil if nobody wants them.
  ///
  /// - Returns: the number of spikes before the pooling.
  package func forward(
    _ neurons: PlainNeurons, input: UnsafePointer<Float>, isRepeated: Bool,
    weights: ConnectionWeights, membranes: UnsafeMutablePointer<Float>?, winners: WindowWinners?,
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
        let target = (step * window.outputHeight + first / 2) * pooledRow
        let before = membranes == nil ? membraneLine : place.map { $0 - frame }
        spikes += neurons.forwardLine(
          rows: rows.count, window, currents: currents,
          before: step == 0 ? nil : before.map { UnsafePointer($0) },
          membranes: place ?? membraneLine, winners: winners?.from(target),
          pooled: pooled + target)
        scratch.clock?.mark(.neurons)
      }
    }
    return spikes
  }

  /// From the gradient of the pooled spikes to those of weights and bias, which are added, and of the
  /// input, if it is wanted.
  ///
  /// `gradients` is memory for ``gradientCount(reachesInput:)`` floats, zero before its first use here and
  /// used by this layer alone: the margins of its frames stay zero.
  ///
  /// - Returns: how many gradients of currents are not zero.
  package func backward(
    _ neurons: PlainNeurons, input: UnsafePointer<Float>, isRepeated: Bool,
    weights: ConnectionWeights, winners: WindowWinners,
    pooledGradients: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?, scratch: ConnectionScratch
  ) -> Int {
    let paddedRow = plan.paddedRowCount
    let rows = gradientRows(reachesInput: inputGradient != nil)
    let frameCount = rows * paddedRow
    // One frame stands for all, if every step's input is the same and only their sum is needed.
    let sumsFrames = isRepeated && inputGradient == nil
    let frames = sumsFrames ? 1 : plan.timeSteps
    let height = plan.geometry.inputHeight
    let marked = MarkedInput(plan, input, frames: frames, scratch: scratch)
    // How many rows of the input have been added, and which row of padded gradients is the first in memory.
    var (nonzero, reached, kept) = (0, 0, 0)
    clear(gradients, rows: 0..<plan.margin, frames: frames, frameCount: frameCount)
    for line in 0..<window.outputHeight {
      let row = plan.margin + 2 * line - kept
      let place = gradients + row * paddedRow + plan.margin * window.channels
      nonzero += neurons.backwardLine(
        line, timeSteps: plan.timeSteps, window, winners: winners,
        pooledGradients: pooledGradients, gradients: place, gradientStep: frameCount,
        gradientRow: paddedRow, sums: biasGradient, scratch: scratch.lines)
      if sumsFrames {
        for step in 1..<max(1, plan.timeSteps) {
          RowKernels.add(place + step * frameCount, count: paddedRow + self.row, to: place)
        }
      }
      scratch.clock?.mark(.neuronsBack)
      // The rows of the input whose outputs all have their gradients by now.
      let isLast = line == window.outputHeight - 1
      let end = isLast ? height : min(height, 2 * line + 2 - plan.geometry.padding)
      guard isLast || end - reached >= bandRows else { continue }
      let last = end + plan.geometry.kernelHeight - 1 - kept
      clear(gradients, rows: (row + 2)..<max(row + 2, last), frames: frames, frameCount: frameCount)
      marked.add(
        rows: reached..<end, gradients: gradients + (reached - kept) * paddedRow,
        frameCount: frameCount, weightGradient: weightGradient)
      scratch.clock?.mark(.weightGradient)
      reached = end
      guard inputGradient == nil, !isLast else { continue }
      for frame in 0..<frames {
        let start = gradients + frame * frameCount
        start.update(
          from: start + (end - kept) * paddedRow, count: (last - (end - kept)) * paddedRow)
      }
      kept = end
    }
    guard let inputGradient, let packed = weights.backward else { return nonzero }
    var shape = reversed
    for step in 0..<plan.timeSteps {
      ListedFrame(gradients + step * frameCount, for: shape, table: nil, scratch: scratch)
        .convolve(
          &shape, rows: 0..<Int(shape.outputHeight), weights: packed.start, bias: nil,
          output: inputGradient + step * plan.geometry.inputCount)
    }
    scratch.clock?.mark(.inputGradient)
    return nonzero
  }

  private func clear(
    _ gradients: UnsafeMutablePointer<Float>, rows: Range<Int>, frames: Int, frameCount: Int
  ) {
    let row = plan.paddedRowCount
    for frame in 0..<frames {
      (gradients + frame * frameCount + rows.lowerBound * row)
        .update(repeating: 0, count: rows.count * row)
    }
  }

  /// Floats of all steps' gradients with their margins, or of the rows of them that are needed at a
  /// time, if they do not go on to the input.
  package func gradientCount(reachesInput: Bool) -> Int {
    plan.timeSteps * gradientRows(reachesInput: reachesInput) * plan.paddedRowCount
  }

  private func gradientRows(reachesInput: Bool) -> Int {
    let all = plan.geometry.outputHeight + 2 * plan.margin
    // The last band has the rows that no window fills as well, and those behind the last output.
    let most = bandRows + plan.margin + 2 + plan.geometry.kernelHeight - 1
    return reachesInput ? all : min(all, most)
  }

  /// Rows of the input whose gradients stay in the second cache until the weight gradient has read them.
  private var bandRows: Int {
    let row = plan.timeSteps * plan.paddedRowCount
    return ((1 << 16) + row - 1) / row
  }
}
