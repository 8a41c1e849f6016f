import CTrainingKernels

/// Max pooling of one channels-last frame with a square window whose stride is its side.
///
/// Rows and columns that do not fill a window are dropped. On spikes the maximum is an OR.
package struct MaxPoolWindow: Hashable, Sendable {
  package var channels: Int
  package var inputHeight: Int
  package var inputWidth: Int
  package var size: Int

  package init(channels: Int, inputHeight: Int, inputWidth: Int, size: Int) {
    self.channels = channels
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.size = size
  }

  package var outputHeight: Int { inputHeight / size }
  package var outputWidth: Int { inputWidth / size }

  /// Writes the maximum of every window.
  package func forward(input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>) {
    if size == 2 {
      lockstep_pool(input, Int32(inputHeight), Int32(inputWidth), Int32(channels), output)
      return
    }
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let target = output + (row * outputWidth + column) * channels
        target.update(from: input + corner(row, column) * channels, count: channels)
        for offset in 1..<max(1, size * size) {
          let source = input + pixel(offset, of: corner(row, column)) * channels
          for channel in 0..<channels {
            let value = source[channel]
            target[channel] = value > target[channel] ? value : target[channel]
          }
        }
      }
    }
  }

  /// Hands the gradient of every window to its maximum, the first in row-major order if several.
  ///
  /// `input` is what ``forward(input:output:)`` was given.
  package func backward(
    input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: inputHeight * inputWidth * channels)
    for row in 0..<outputHeight {
      for column in 0..<outputWidth {
        let gradients = outputGradient + (row * outputWidth + column) * channels
        for channel in 0..<channels where gradients[channel] != 0 {
          var best = corner(row, column) * channels + channel
          for offset in 1..<max(1, size * size) {
            let candidate = pixel(offset, of: corner(row, column)) * channels + channel
            if input[candidate] > input[best] { best = candidate }
          }
          inputGradient[best] = gradients[channel]
        }
      }
    }
  }

  @inline(__always)
  private func corner(_ row: Int, _ column: Int) -> Int {
    row * size * inputWidth + column * size
  }

  @inline(__always)
  private func pixel(_ offset: Int, of corner: Int) -> Int {
    corner + (offset / size) * inputWidth + offset % size
  }
}
