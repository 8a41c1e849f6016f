import SpikeTraces
import Testing

@Suite struct GapCodeTests {
  /// Both decoders agree on any bytes, and neither writes beyond its words.
  @Test(arguments: [3, 40, 200, 251, 255] as [UInt8])
  func everyDecoderReadsTheSameSpikes(highest: UInt8) {
    var generator = SeededGenerator(seed: UInt64(highest))
    var whole = 0
    for round in 0..<2000 {
      let count = round % 50
      let gaps = (0..<count).map { _ in UInt8.random(in: 0...highest, using: &generator) }
      // About as many words as the gaps need, with a word behind them that must not change.
      let reach = Double(count) * Double(highest) / 2 / 64
      let words = Int(reach * Double.random(in: 0.5...3, using: &generator)) + 1
      func decoded(portably: Bool) -> (spikes: Int?, words: [UInt64]) {
        var target = [UInt64](repeating: 0, count: words + 1)
        let spikes = target.withUnsafeMutableBufferPointer { target in
          gaps.withUnsafeBytes { gaps in
            GapCode.decode(
              gaps, into: UnsafeMutableBufferPointer(rebasing: target[..<words]),
              portably: portably)
          }
        }
        #expect(target[words] == 0)
        return (spikes, target)
      }
      let expected = decoded(portably: true)
      if expected.spikes != nil { whole += 1 }
      if GapCode.decodesNatively {
        let native = decoded(portably: false)
        #expect(native.spikes == expected.spikes)
        #expect(native.spikes == nil || native.words == expected.words)
      }
    }
    #expect(whole > 0)
  }

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
