/// Puts the spike counts of a sample into the buffers that the engines read.
///
/// - Parameters:
///   - counts: spikes of every frame, a list a layer.
///   - buffers: one a layer.
///   - largestFrames: the most spikes of a frame of each layer; nil if frames hold real numbers.
/// - Throws: ``ConfigurationError`` if the counts do not fit the layers.
func load(
  _ counts: [[UInt32]], into buffers: [UnsafeMutableBufferPointer<UInt32>],
  largestFrames: [Int?]
) throws(ConfigurationError) {
  guard counts.count == buffers.count else {
    throw ConfigurationError(
      parameter: "counts",
      message: "there are counts for \(counts.count) layers, but \(buffers.count) layers")
  }
  for (index, layer) in counts.enumerated() {
    guard layer.count == buffers[index].count else {
      throw ConfigurationError(
        layer: index, parameter: "counts",
        message: "there are \(layer.count) frame counts; the layer reads \(buffers[index].count)")
    }
    let largest = largestFrames[index] ?? 0
    if let wrong = layer.first(where: { $0 > largest }) {
      throw ConfigurationError(
        layer: index, parameter: "counts",
        message: "a frame has \(wrong) spikes; the layer's frames have at most \(largest)")
    }
    _ = buffers[index].update(fromContentsOf: layer)
  }
}

extension ConfigurationError {
  /// A sample that runs longer than time does in the event simulation.
  static let endlessSample = ConfigurationError(
    parameter: "timeSteps",
    message: "the sample takes more than 2^44 cycles, two days at 100 MHz; use more processing "
      + "elements or fewer time steps")
}
