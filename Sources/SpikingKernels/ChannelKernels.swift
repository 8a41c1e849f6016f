/// Sums and affine maps over the channels of channels-last frames: what batch normalisation needs.
package enum ChannelKernels {
  /// Adds every channel's sum of values and of squares over `pixels` pixels.
  package static func addMoments(
    _ values: UnsafePointer<Float>, pixels: Int, channels: Int,
    sums: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>
  ) {
    for pixel in 0..<pixels {
      let row = values + pixel * channels
      for channel in 0..<channels {
        let value = Double(row[channel])
        sums[channel] += value
        squares[channel] += value * value
      }
    }
  }

  /// Adds every channel's sum of `left` and of `left * right`.
  package static func addProducts(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, pixels: Int, channels: Int,
    sums: UnsafeMutablePointer<Double>, products: UnsafeMutablePointer<Double>
  ) {
    for pixel in 0..<pixels {
      let place = pixel * channels
      for channel in 0..<channels {
        let value = Double(left[place + channel])
        sums[channel] += value
        products[channel] += value * Double(right[place + channel])
      }
    }
  }

  /// `output = scale * input + shift`, channel by channel; both may be the same block.
  package static func affine(
    _ input: UnsafePointer<Float>, pixels: Int, channels: Int, scale: UnsafePointer<Float>,
    shift: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    for pixel in 0..<pixels {
      let place = pixel * channels
      for channel in 0..<channels {
        output[place + channel] = scale[channel] * input[place + channel] + shift[channel]
      }
    }
  }

  /// `gradient = scale * gradient + slope * value + shift`, channel by channel, in place.
  package static func combine(
    _ gradient: UnsafeMutablePointer<Float>, value: UnsafePointer<Float>, pixels: Int,
    channels: Int, scale: UnsafePointer<Float>, slope: UnsafePointer<Float>,
    shift: UnsafePointer<Float>
  ) {
    for pixel in 0..<pixels {
      let place = pixel * channels
      for channel in 0..<channels {
        gradient[place + channel] =
          scale[channel] * gradient[place + channel] + slope[channel] * value[place + channel]
          + shift[channel]
      }
    }
  }
}
