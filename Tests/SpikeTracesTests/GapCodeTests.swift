import SpikeTraces
import Testing

@Suite struct GapCodeTests {
  /// The vector instructions and both scalar loops are one code.
  @Test(arguments: [0, 0.0001, 0.001, 0.004, 0.01, 0.02, 0.05, 0.1, 0.3, 0.9, 1])
  func everyEncoderWritesTheSameBytes(density: Double) {
    var generator = SeededGenerator(seed: UInt64(density * 1e6))
    for words in [1, 2, 3, 63, 500] {
      let planes = SpikePlanes.random(
        timeSteps: 1, neurons: words * 64, density: density, using: &generator)
      let silence = Int.random(in: 0..<5_000_000, using: &generator)
      func encoded(dense: Bool, vectorised: Bool) -> (bytes: [UInt8], silence: Int) {
        var after = silence
        // The silence before the first word needs skips that the bound does not know of.
        var bytes = [UInt8](
          repeating: 0, count: GapCode.bound(spikes: planes.spikeCount, words: words) + 100)
        let count = bytes.withUnsafeMutableBufferPointer { bytes in
          planes.withUnsafeWords { words in
            bytes.baseAddress.map {
              GapCode.encode(
                words, silence: &after, dense: dense, vectorised: vectorised, into: $0)
            } ?? 0
          }
        }
        return (Array(bytes[..<count]), after)
      }
      let expected = encoded(dense: false, vectorised: false)
      #expect(encoded(dense: true, vectorised: false) == expected)
      if GapCode.isVectorised {
        #expect(encoded(dense: false, vectorised: true) == expected)
      }
    }
  }
}
