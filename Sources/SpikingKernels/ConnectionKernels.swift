/// The convolution's three products for one frame, each skipping the zeros of what drives it.
///
/// Frames are channels-last: `[row][column][channel]`. Spikes are mostly zero, and so are gradients
/// behind a max pooling; a skipped zero saves a whole row of output channels. Real-valued input
/// (direct coding) takes the same path.
package enum ConnectionKernels {
  /// `output = bias + weights * input`.
  ///
  /// Weights are laid out `[tap][input channel][output channel]`.
  package static func forward(
    _ geometry: ConnectionGeometry, _ table: ConnectionTable, input: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    let outputs = geometry.outputChannels
    output.update(repeating: 0, count: geometry.outputCount)
    forEachActiveInput(geometry, table, input: input) { channel, value, reached in
      for connection in reached {
        let row = Int(connection.tap) &* geometry.inputChannels &+ channel
        RowKernels.addScaled(
          weights + row &* outputs, scale: value, count: outputs,
          to: output + Int(connection.outputPixel) &* outputs)
      }
    }
    // Last, as PyTorch does it: the same rounding keeps membranes near the threshold comparable.
    for pixel in 0..<(geometry.outputHeight * geometry.outputWidth) {
      RowKernels.add(bias, count: outputs, to: output + pixel * outputs)
    }
  }

  /// Adds one frame's share to the gradients of weights and bias.
  package static func addWeightGradient(
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
  /// The weights are laid out `[tap][output channel][input channel]`, see ``transpose``.
  package static func inputGradient(
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

  /// Rewrites `[tap][input channel][output channel]` as `[tap][output channel][input channel]`.
  package static func transpose(
    _ geometry: ConnectionGeometry, weights: UnsafePointer<Float>,
    to transposed: UnsafeMutablePointer<Float>
  ) {
    let inputs = geometry.inputChannels
    let outputs = geometry.outputChannels
    for tap in 0..<geometry.taps {
      let source = weights + tap * inputs * outputs
      let target = transposed + tap * inputs * outputs
      for input in 0..<inputs {
        for output in 0..<outputs {
          target[output * inputs + input] = source[input * outputs + output]
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
