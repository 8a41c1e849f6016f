/// How the inputs of a layer reach its neurons: a convolution over channels-last frames.
///
/// Full connection is the convolution whose kernel is as large as its input; so one family of
/// kernels serves both, and the weights of both have the same layout.
package struct ConnectionGeometry: Hashable, Sendable {
  package var inputChannels: Int
  package var inputHeight: Int
  package var inputWidth: Int
  package var outputChannels: Int
  package var kernelHeight: Int
  package var kernelWidth: Int
  package var stride: Int
  package var padding: Int

  package init(
    inputChannels: Int, inputHeight: Int, inputWidth: Int, outputChannels: Int,
    kernelHeight: Int, kernelWidth: Int, stride: Int = 1, padding: Int = 0
  ) {
    self.inputChannels = inputChannels
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.outputChannels = outputChannels
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.stride = stride
    self.padding = padding
  }

  package var outputHeight: Int { (inputHeight + 2 * padding - kernelHeight) / stride + 1 }
  package var outputWidth: Int { (inputWidth + 2 * padding - kernelWidth) / stride + 1 }
  package var inputCount: Int { inputChannels * inputHeight * inputWidth }
  package var outputCount: Int { outputChannels * outputHeight * outputWidth }
  /// Kernel positions.
  package var taps: Int { kernelHeight * kernelWidth }
  /// Weights without biases, laid out `[tap][input channel][output channel]`.
  package var weightCount: Int { taps * inputChannels * outputChannels }
}
