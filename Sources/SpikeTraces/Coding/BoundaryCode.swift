/// The content of a boundary's frame: which planes are bitmaps, the gaps of the others, the bitmaps.
///
///     ceil(T / 8) bytes     bit t % 8 of byte t / 8: plane t is a bitmap
///     to the bitmaps        the gap code of all other planes, positions counted over the words of
///                           all planes as if the bitmaps were silent
///     ceil(neurons / 8)     for every bitmap plane, in order: neuron n is bit n % 8 of byte n / 8
enum BoundaryCode {
  /// The most bytes that the content of a boundary may have: what a reader allocates at most.
  ///
  /// A plane with more spikes than every sixth neuron is a bitmap (8 bytes a word); another has at
  /// most 64 / 6 gaps a word, and all together a silence every 252 positions: less than 64 / 5.
  static func contentBound(timeSteps: Int, neurons: Int) -> Int {
    let planes = timeSteps * ((neurons + 63) / 64)
    return (timeSteps + 7) / 8 + planes * 64 / 5
  }

  /// Whether a plane is smaller as a bitmap than as gaps.
  ///
  /// Before zstd the lists are equal at one spike in 8 neurons; after zstd, at one in 6.
  @inline(__always)
  private static func isBitmap(spikes: Int, neurons: Int) -> Bool { spikes * 6 > neurons }

  /// Encodes planes.
  ///
  /// - Returns: the content, within `scratch`, and the spikes in it; no content if there are none.
  static func encode(
    _ planes: SpikePlanes, in scratch: ScratchBuffer
  ) -> (content: UnsafeRawBufferPointer, spikes: Int) {
    planes.withUnsafeWords { words in
      let modeBytes = (planes.timeSteps + 7) / 8
      let bitmapBytes = (planes.neurons + 7) / 8
      let bound = contentBound(timeSteps: planes.timeSteps, neurons: planes.neurons)
      let content = scratch.reserve(bound + GapCode.slack)
      guard let output = content.baseAddress else { return (UnsafeRawBufferPointer(content), 0) }
      let modes = output.assumingMemoryBound(to: UInt8.self)
      modes.update(repeating: 0, count: modeBytes)

      var length = modeBytes
      var silence = 0
      var bitmaps = 0
      var spikes = 0
      for timeStep in 0..<planes.timeSteps {
        let first = timeStep * planes.wordsPerPlane
        let plane = UnsafeBufferPointer(rebasing: words[first..<first + planes.wordsPerPlane])
        let count = countBits(plane)
        spikes += count
        if isBitmap(spikes: count, neurons: planes.neurons) {
          modes[timeStep >> 3] |= 1 &<< UInt8(truncatingIfNeeded: timeStep & 7)
          bitmaps += 1
          silence += plane.count * 64
        } else {
          length += GapCode.encode(
            plane, silence: &silence, dense: count * 2 > plane.count * 5, into: modes + length)
        }
      }
      for timeStep in 0..<(bitmaps > 0 ? planes.timeSteps : 0)
      where modes[timeStep >> 3] >> UInt8(timeStep & 7) & 1 == 1 {
        // Words are little-endian, here as everywhere this software runs.
        let plane = words[timeStep * planes.wordsPerPlane..<(timeStep + 1) * planes.wordsPerPlane]
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: plane))
        UnsafeMutableRawBufferPointer(rebasing: content[length...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<bitmapBytes]))
        length += bitmapBytes
      }
      return (UnsafeRawBufferPointer(rebasing: content[..<length]), spikes)
    }
  }

  /// Decodes a content into planes of the right extent, whatever they hold.
  ///
  /// - Returns: the spikes, or nil if the content is not one of such planes.
  static func decode(_ content: UnsafeRawBufferPointer, into planes: inout SpikePlanes) -> Int? {
    planes.removeAllSpikes()
    guard !content.isEmpty else { return 0 }
    let timeSteps = planes.timeSteps
    let wordsPerPlane = planes.wordsPerPlane
    let modeBytes = (timeSteps + 7) / 8
    let bitmapBytes = (planes.neurons + 7) / 8
    guard content.count >= modeBytes else { return nil }
    let modes = UnsafeRawBufferPointer(rebasing: content[..<modeBytes])
    var bitmaps = 0
    for byte in modes { bitmaps += byte.nonzeroBitCount }
    if timeSteps & 7 != 0, let last = modes.last, last >> UInt8(timeSteps & 7) != 0 { return nil }
    let gapsEnd = content.count - bitmaps * bitmapBytes
    guard gapsEnd >= modeBytes else { return nil }
    let gaps = UnsafeRawBufferPointer(rebasing: content[modeBytes..<gapsEnd])

    let spikes: Int? = planes.withRawWords { words in
      guard var spikes = GapCode.decode(gaps, into: words) else { return nil }
      guard bitmaps > 0 else { return spikes }
      var offset = gapsEnd
      for timeStep in 0..<timeSteps where modes[timeStep >> 3] >> UInt8(timeStep & 7) & 1 == 1 {
        let range = timeStep * wordsPerPlane..<(timeStep + 1) * wordsPerPlane
        let plane = UnsafeMutableBufferPointer(rebasing: words[range])
        // Gaps that lead into a bitmap's plane would be spikes said twice.
        guard !plane.contains(where: { $0 != 0 }) else { return nil }
        UnsafeMutableRawBufferPointer(plane).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: content[offset..<offset + bitmapBytes]))
        spikes += countBits(UnsafeBufferPointer(plane))
        offset += bitmapBytes
      }
      return spikes
    }
    return planes.clearPadding() ? nil : spikes
  }
}
