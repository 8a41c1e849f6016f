/// The way back through convolutions with a stride, one frame at a time.
enum GeneralConnections {
  /// As ``ConnectionKernels/addWeightGradient``, without biases.
  static func addWeightGradient(
    _ plan: ConnectionPlan, frames: Int, input: UnsafePointer<Float>,
    outputGradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>
  ) {
    guard let table = plan.table else { return }
    let geometry = plan.geometry
    let outputs = geometry.outputChannels
    for frame in 0..<frames {
      let gradients = outputGradient + frame * geometry.outputCount
      forEachActiveInput(geometry, table, input: input + frame * geometry.inputCount) {
        channel, value, reached in
        for connection in reached {
          let row = Int(connection.tap) &* geometry.inputChannels &+ channel
          RowKernels.addScaled(
            gradients + Int(connection.outputPixel) &* outputs, scale: value, count: outputs,
            to: weightGradient + row &* outputs)
        }
      }
    }
  }

  /// As ``ConnectionKernels/inputGradient``.
  static func inputGradient(
    _ plan: ConnectionPlan, frames: Int, outputGradient: UnsafePointer<Float>,
    transposedWeights: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    guard let table = plan.table else { return }
    for frame in 0..<frames {
      self.inputGradient(
        plan.geometry, table, outputGradient: outputGradient + frame * plan.geometry.outputCount,
        transposedWeights: transposedWeights,
        inputGradient: inputGradient + frame * plan.geometry.inputCount)
    }
  }

  /// `inputGradient = transposed weights * outputGradient`.
  ///
  /// The weights are laid out `[tap][output channel][input channel]`, see ``ConnectionKernels/transpose``.
  private static func inputGradient(
    _ geometry: ConnectionGeometry, _ table: ConnectionTable,
    outputGradient: UnsafePointer<Float>, transposedWeights: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    let inputs = geometry.inputChannels
    let outputs = geometry.outputChannels
    inputGradient.update(repeating: 0, count: geometry.inputCount)
    table.starts.withUnsafeBufferPointer { starts in
      table.connections.withUnsafeBufferPointer { connections in
        for pixel in 0..<(starts.count - 1) {
          let target = inputGradient + pixel &* inputs
          for position in Int(starts[pixel])..<Int(starts[pixel + 1]) {
            let connection = connections[position]
            let gradients = outputGradient + Int(connection.outputPixel) &* outputs
            let rows = transposedWeights + Int(connection.tap) &* outputs &* inputs
            for output in 0..<outputs where gradients[output] != 0 {
              RowKernels.addScaled(
                rows + output &* inputs, scale: gradients[output], count: inputs, to: target)
            }
          }
        }
      }
    }
  }

  /// Calls `body` with the channel and value of every non-zero input and with its connections.
  @inline(__always)
  private static func forEachActiveInput(
    _ geometry: ConnectionGeometry, _ table: ConnectionTable, input: UnsafePointer<Float>,
    _ body: (Int, Float, UnsafeBufferPointer<ConnectionTable.Connection>) -> Void
  ) {
    let channels = geometry.inputChannels
    table.starts.withUnsafeBufferPointer { starts in
      table.connections.withUnsafeBufferPointer { connections in
        for pixel in 0..<(starts.count - 1) {
          let reached = UnsafeBufferPointer(
            rebasing: connections[Int(starts[pixel])..<Int(starts[pixel + 1])])
          let values = input + pixel &* channels
          for channel in 0..<channels where values[channel] != 0 {
            body(channel, values[channel], reached)
          }
        }
      }
    }
  }
}
