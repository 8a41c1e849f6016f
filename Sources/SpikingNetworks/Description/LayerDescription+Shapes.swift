extension LayerDescription {
  /// The layer's extents for an input.
  func resolvedShape(input: FeatureShape) throws(NetworkError) -> ResolvedLayerShape {
    try neuron.validate()
    try validateOptions()
    let convolved = try convolvedShape(input: input)
    guard let pooling else {
      return ResolvedLayerShape(
        input: input, convolved: convolved, neurons: convolved, output: convolved)
    }
    guard pooling.size >= 1, pooling.size <= min(convolved.height, convolved.width) else {
      throw NetworkError(
        .invalidDescription, "a \(pooling.size)x\(pooling.size) pooling does not fit \(convolved)",
        remedy: "use a smaller window or a larger input")
    }
    let pooled = FeatureShape(
      channels: convolved.channels, height: convolved.height / pooling.size,
      width: convolved.width / pooling.size)
    return ResolvedLayerShape(
      input: input, convolved: convolved,
      neurons: pooling.position == .beforeNeuron ? pooled : convolved, output: pooled)
  }

  private func validateOptions() throws(NetworkError) {
    guard dropout >= 0, dropout < 1 else {
      throw NetworkError(
        .invalidDescription, "the dropout is \(dropout)",
        remedy: "give a number from 0 to less than 1")
    }
    guard let normalisation else { return }
    guard normalisation.epsilon > 0, normalisation.epsilon.isFinite, normalisation.momentum >= 0,
      normalisation.momentum <= 1
    else {
      throw NetworkError(
        .invalidDescription,
        "epsilon \(normalisation.epsilon) and momentum \(normalisation.momentum) are not a batch"
          + " normalisation", remedy: "use a positive epsilon and a momentum from 0 to 1")
    }
  }

  private func convolvedShape(input: FeatureShape) throws(NetworkError) -> FeatureShape {
    let largest = NetworkDescription.largestExtent
    switch operation {
    case .fullyConnected(let neurons):
      guard neurons > 0, neurons <= largest, input.count <= largest * 256 / neurons else {
        throw NetworkError(
          .invalidDescription, "\(input.count) inputs to \(neurons) neurons are not possible",
          remedy: "use at least one neuron and at most 2^28 weights")
      }
      return FeatureShape(channels: neurons)
    case .convolution(let channels, let kernel, let stride, let padding):
      guard channels > 0, channels <= largest, kernel > 0, kernel <= 255, stride > 0,
        stride <= largest, padding >= 0, padding < kernel
      else {
        throw NetworkError(
          .invalidDescription,
          "channels \(channels), kernel \(kernel), stride \(stride), padding \(padding) are not"
            + " a convolution",
          remedy: "use positive numbers, a kernel up to 255 and a padding below the kernel")
      }
      guard input.height + 2 * padding >= kernel, input.width + 2 * padding >= kernel else {
        throw NetworkError(
          .invalidDescription, "a \(kernel)x\(kernel) kernel does not fit the input \(input)",
          remedy: "use a smaller kernel, padding or a larger input")
      }
      guard input.channels * kernel * kernel <= largest * 256 / channels else {
        throw NetworkError(
          .invalidDescription, "the layer would have more than 2^28 weights",
          remedy: "use fewer channels or a smaller kernel")
      }
      let convolved = FeatureShape(
        channels: channels, height: (input.height + 2 * padding - kernel) / stride + 1,
        width: (input.width + 2 * padding - kernel) / stride + 1)
      // The kernels' table has an entry for every tap of every output pixel.
      guard convolved.pixels <= (1 << 26) / (kernel * kernel) else {
        throw NetworkError(
          .invalidDescription, "a \(kernel)x\(kernel) kernel over \(convolved) is too large",
          remedy: "use a smaller kernel, a larger stride or a smaller input")
      }
      // Their places in frames with margins have 32 bits.
      let padded = input.widened(by: padding).count
      guard max(padded, convolved.widened(by: kernel).count) <= NetworkDescription.largestRun else {
        throw NetworkError(
          .invalidDescription,
          "a \(kernel)x\(kernel) kernel with padding \(padding) needs too wide margins around"
            + " \(input)", remedy: "use a smaller kernel or padding, or fewer channels")
      }
      return convolved
    }
  }
}

extension FeatureShape {
  /// The shape with a margin on all sides.
  fileprivate func widened(by margin: Int) -> FeatureShape {
    FeatureShape(channels: channels, height: height + 2 * margin, width: width + 2 * margin)
  }
}
