extension TraceHeader {
  /// The largest channels, height or width of a shape.
  public static let extentLimit = 1 << 24
  /// The most neurons of a boundary.
  public static let neuronLimit = 1 << 26
  /// The most time steps.
  public static let timeStepLimit = 1 << 20
  /// The most bits of a boundary of one sample, each plane padded to 64: 128 MiB.
  public static let planeBitLimit = 1 << 30
  /// The most layers.
  public static let layerLimit = 4096

  /// Checks that the header describes a possible network within the format's limits.
  ///
  /// Readers and writers call this; a reader allocates nothing on behalf of a header that fails.
  ///
  /// - Throws: ``TraceError`` `invalidHeader`, which says what does not fit what.
  public func validate() throws(TraceError) {
    guard 1...Self.timeStepLimit ~= timeSteps else {
      throw Self.invalid(
        "timeSteps is \(timeSteps); it must be 1 to \(Self.timeStepLimit)")
    }
    guard 1...Self.layerLimit ~= layers.count else {
      throw Self.invalid(
        "there are \(layers.count) layers; there must be 1 to \(Self.layerLimit)")
    }
    guard dataSet.classes >= 0 else {
      throw Self.invalid("dataSet.classes is \(dataSet.classes); it must not be negative")
    }
    try validate(input, of: "the input")
    var names: Set<String> = []
    var entering = input
    for (index, layer) in layers.enumerated() {
      guard !layer.name.isEmpty, names.insert(layer.name).inserted else {
        throw Self.invalid(
          "layer \(index) is named \"\(layer.name)\"; every layer needs a name of its own")
      }
      try validate(layer.output, of: "the output of layer \"\(layer.name)\"")
      try layer.validate(entering: entering)
      entering = layer.output
    }
  }

  private func validate(_ shape: LayerShape, of what: String) throws(TraceError) {
    let extents = [shape.channels, shape.height, shape.width]
    guard extents.allSatisfy({ 1...Self.extentLimit ~= $0 }),
      // Two such extents cannot overflow when multiplied; three could.
      shape.pixels <= Self.neuronLimit, shape.neurons <= Self.neuronLimit
    else {
      throw Self.invalid(
        "\(what) is \(shape); extents must be positive and have at most "
          + "\(Self.neuronLimit) neurons in all")
    }
    guard timeSteps * ((shape.neurons + 63) / 64 * 64) <= Self.planeBitLimit else {
      throw Self.invalid(
        "\(what), \(shape), has more than \(Self.planeBitLimit) bits in \(timeSteps) time steps; "
          + "record it in shorter pieces")
    }
  }

  static func invalid(_ message: String) -> TraceError {
    TraceError(.invalidHeader, "the header is not valid: " + message)
  }
}

extension TracedLayer {
  /// Checks the layer against the shape that enters it.
  fileprivate func validate(entering: LayerShape) throws(TraceError) {
    guard neuron.beta.isFinite, neuron.threshold.isFinite else {
      throw TraceHeader.invalid(
        "the neurons of layer \"\(name)\" have a decay or threshold that is not finite")
    }
    guard
      case .convolution(let kernel, let stride, let padding, let convolved, let pooling, _) =
        operation
    else { return }
    let limit = TraceHeader.extentLimit
    guard 1...limit ~= kernel, 1...limit ~= stride, 0...limit ~= padding, 1...limit ~= pooling
    else {
      throw TraceHeader.invalid(
        "layer \"\(name)\" has kernel \(kernel), stride \(stride), padding \(padding), pooling "
          + "\(pooling); they must be positive (padding may be 0) and at most \(limit)")
    }
    let padded = (height: entering.height + 2 * padding, width: entering.width + 2 * padding)
    guard kernel <= padded.height, kernel <= padded.width else {
      throw TraceHeader.invalid(
        "layer \"\(name)\" has a \(kernel)x\(kernel) kernel on a padded input of "
          + "\(padded.height)x\(padded.width)")
    }
    let expected = LayerShape(
      channels: output.channels, height: (padded.height - kernel) / stride + 1,
      width: (padded.width - kernel) / stride + 1)
    guard convolved == expected else {
      throw TraceHeader.invalid(
        "layer \"\(name)\" convolves \(entering) to \(convolved); kernel \(kernel), stride "
          + "\(stride) and padding \(padding) give \(expected)")
    }
    let pooled = LayerShape(
      channels: convolved.channels, height: convolved.height / pooling,
      width: convolved.width / pooling)
    guard output == pooled else {
      throw TraceHeader.invalid(
        "layer \"\(name)\" pools \(convolved) by \(pooling) to \(output); that gives \(pooled)")
    }
  }
}
