/// The two orders of a frame's neurons: channels-first outside, channels-last inside the kernels.
package enum FrameLayout {
  /// Copies `[channel][row][column]` to `[row][column][channel]`.
  package static func channelsLast(
    from source: UnsafePointer<Float>, channels: Int, pixels: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    if channels == 1 || pixels == 1 {
      target.update(from: source, count: channels * pixels)
      return
    }
    if channels <= 4 {
      // Images: one pixel after the other.
      var place = target
      for pixel in 0..<pixels {
        for channel in 0..<channels {
          place.pointee = source[channel &* pixels &+ pixel]
          place += 1
        }
      }
      return
    }
    for channel in 0..<channels {
      for pixel in 0..<pixels {
        target[pixel * channels + channel] = source[channel * pixels + pixel]
      }
    }
  }

  /// Copies `[row][column][channel]` to `[channel][row][column]`.
  package static func channelsFirst(
    from source: UnsafePointer<Float>, channels: Int, pixels: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    channelsLast(from: source, channels: pixels, pixels: channels, to: target)
  }
}
