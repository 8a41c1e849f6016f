/// Frames of values, `[frame][channel][row][column]`, and what is done to their pictures.
struct Frames {
  private(set) var shape: FrameShape
  var values: [Float]

  /// Number of frames.
  var count: Int { values.count / max(1, shape.count) }

  /// Changes the size by bilinear interpolation, pixels taken as areas (PyTorch
  /// `interpolate(mode="bilinear", align_corners=False)`, no smoothing before shrinking).
  ///
  /// The value at (i + ½) · old / new − ½, between the two nearest pixels each way; what lies beyond
  /// the outermost centres takes their value.
  mutating func resize(height: Int, width: Int) {
    guard height != shape.height || width != shape.width else { return }
    let rows = Self.taps(from: shape.height, to: height)
    let columns = Self.taps(from: shape.width, to: width)
    let planes = count * shape.channels
    var result = [Float](repeating: 0, count: planes * height * width)
    values.withUnsafeBufferPointer { values in
      result.withUnsafeMutableBufferPointer { result in
        for plane in 0..<planes {
          let source = plane * shape.pixels
          for (row, vertical) in rows.enumerated() {
            let above = source + vertical.first * shape.width
            let below = source + vertical.second * shape.width
            let target = (plane * height + row) * width
            for (column, across) in columns.enumerated() {
              let top =
                (1 - across.weight) * values[above + across.first]
                + across.weight * values[above + across.second]
              let bottom =
                (1 - across.weight) * values[below + across.first]
                + across.weight * values[below + across.second]
              result[target + column] = (1 - vertical.weight) * top + vertical.weight * bottom
            }
          }
        }
      }
    }
    values = result
    shape = FrameShape(channels: shape.channels, height: height, width: width)
  }

  /// The two pixels that a new pixel lies between, and the second's weight.
  private static func taps(
    from old: Int, to new: Int
  ) -> [(first: Int, second: Int, weight: Float)] {
    let scale = Float(old) / Float(new)
    return (0..<new).map { index in
      let place = max(0, (Float(index) + 0.5) * scale - 0.5)
      let first = min(Int(place), old - 1)
      return (first, min(first + 1, old - 1), place - Float(first))
    }
  }

  /// Moves all pictures down and to the right by so many pixels; what comes in is 0.
  mutating func shift(rows: Int, columns: Int) {
    guard rows != 0 || columns != 0 else { return }
    var result = [Float](repeating: 0, count: values.count)
    let width = shape.width
    let height = shape.height
    guard abs(rows) < height, abs(columns) < width else {
      values = result
      return
    }
    for plane in 0..<(count * shape.channels) {
      for row in max(0, rows)..<min(height, height + rows) {
        let target = (plane * height + row) * width
        let source = (plane * height + row - rows) * width - columns
        for column in max(0, columns)..<min(width, width + columns) {
          result[target + column] = values[source + column]
        }
      }
    }
    values = result
  }

  /// Swaps left and right.
  mutating func flip() {
    for line in stride(from: 0, to: values.count, by: shape.width) {
      values[line..<(line + shape.width)].reverse()
    }
  }

  /// Makes every value above 0 a 1.
  mutating func binarise() {
    for index in values.indices { values[index] = values[index] > 0 ? 1 : 0 }
  }

  /// Subtracts a mean and divides by a deviation, channel by channel.
  mutating func normalise(_ normalisation: Normalisation) {
    for index in values.indices {
      let channel = index / shape.pixels % shape.channels
      values[index] =
        (values[index] - normalisation.means[channel]) / normalisation.deviations[channel]
    }
  }
}
