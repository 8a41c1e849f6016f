/// Average pooling of one channels-last frame with a square window whose stride is its side.
///
/// Rows and columns that do not fill a window are dropped.
package struct AveragePoolWindow: Hashable, Sendable {
  private var window: MaxPoolWindow

  /// Creates a window with the extents of a maximum's.
  package init(_ window: MaxPoolWindow) {
    self.window = window
  }

  /// Writes the mean of every window.
  package func forward(input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>) {
    let channels = window.channels
    let share = 1 / Float(window.size * window.size)
    for row in 0..<window.outputHeight {
      for column in 0..<window.outputWidth {
        let target = output + (row * window.outputWidth + column) * channels
        target.update(repeating: 0, count: channels)
        forEachMember(row, column) { pixel in
          RowKernels.add(input + pixel * channels, count: channels, to: target)
        }
        for channel in 0..<channels { target[channel] *= share }
      }
    }
  }

  /// Hands the gradient of every window to its members in equal parts.
  package func backward(
    outputGradient: UnsafePointer<Float>, inputGradient: UnsafeMutablePointer<Float>
  ) {
    let channels = window.channels
    let share = 1 / Float(window.size * window.size)
    inputGradient.update(
      repeating: 0, count: window.inputHeight * window.inputWidth * channels)
    for row in 0..<window.outputHeight {
      for column in 0..<window.outputWidth {
        let source = outputGradient + (row * window.outputWidth + column) * channels
        forEachMember(row, column) { pixel in
          RowKernels.addScaled(
            source, scale: share, count: channels, to: inputGradient + pixel * channels)
        }
      }
    }
  }

  @inline(__always)
  private func forEachMember(_ row: Int, _ column: Int, _ body: (_ pixel: Int) -> Void) {
    for offsetRow in 0..<window.size {
      for offsetColumn in 0..<window.size {
        body(
          (row * window.size + offsetRow) * window.inputWidth + column * window.size
            + offsetColumn)
      }
    }
  }
}
