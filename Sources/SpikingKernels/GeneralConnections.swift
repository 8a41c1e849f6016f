/// The way back through convolutions with a stride, one frame at a time.
enum GeneralConnections {
  /// As ``ConnectionKernels/backward``.
  static func backward(
    _ plan: ConnectionPlan, input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    weights: ConnectionWeights, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?
  ) {
    guard let table = plan.table else { return }
    let geometry = plan.geometry
    for step in 0..<plan.timeSteps {
      let gradient = outputGradient + step * geometry.outputCount
      addWeightGradient(
        geometry, table, input: input + step * geometry.inputCount, outputGradient: gradient,
        weightGradient: weightGradient, biasGradient: biasGradient)
      guard let inputGradient, let transposed = weights.backward else { continue }
      self.inputGradient(
        geometry, table, outputGradient: gradient, transposedWeights: transposed.start,
        inputGradient: inputGradient + step * geometry.inputCount)
    }
  }

  /// Adds one frame's share to the gradients of weights and bias.
  private static func addWeightGradient(
    _ geometry: ConnectionGeometry, _ table: ConnectionTable, input: UnsafePointer<Float>,
    outputGradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>
  ) {
    let outputs = geometry.outputChannels
    for pixel in 0..<(geometry.outputHeight * geometry.outputWidth) {
      RowKernels.add(outputGradient + pixel * outputs, count: outputs, to: biasGradient)
    }
    forEachActiveInput(geometry, table, input: input) { channel, value, reached in
      for connection in reached {
        let row = Int(connection.tap) &* geometry.inputChannels &+ channel
        RowKernels.addScaled(
          outputGradient + Int(connection.outputPixel) &* outputs, scale: value, count: outputs,
          to: weightGradient + row &* outputs)
      }
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
