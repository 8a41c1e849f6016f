/// Frames with zeros around them.
enum PaddedFrames {
  /// Copies a frame into the middle of a larger one, with zeros around.
  static func copy(
    _ frame: UnsafePointer<Float>, height: Int, width: Int, channels: Int, margin: Int,
    to padded: UnsafeMutablePointer<Float>
  ) {
    let row = (width + 2 * margin) * channels
    let edge = margin * channels
    padded.update(repeating: 0, count: margin * row + edge)
    for line in 0..<height {
      let target = padded + (line + margin) * row
      (target + edge).update(from: frame + line * width * channels, count: width * channels)
      // The right edge and the next line's left one.
      (target + (row - edge)).update(repeating: 0, count: 2 * edge)
    }
    let rest = padded + (height + margin) * row
    rest.update(repeating: 0, count: margin * row)
  }
}
