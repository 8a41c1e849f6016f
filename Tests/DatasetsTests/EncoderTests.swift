import Datasets
import SeededRandom
import Testing

/// How values become input.
@Suite struct EncoderTests {
  @Test func ratesAreProbabilities() {
    let image: [Float] = [0, 0.25, 0.5, 1, 2, -1]
    var stream = RandomStream(seed: 1)
    let spikes = ValueCoding.rate(gain: 1).encode(image, timeSteps: 20_000, stream: &stream)
    let rates = (0..<6).map { value in
      stride(from: value, to: spikes.count, by: 6).map { spikes[$0] }.reduce(0, +) / 20_000
    }
    #expect(rates[0] == 0 && rates[5] == 0)
    #expect(rates[3] == 1 && rates[4] == 1)
    // Five standard deviations of a mean of 20,000.
    #expect(abs(rates[1] - 0.25) < 0.016)
    #expect(abs(rates[2] - 0.5) < 0.018)
    #expect(spikes.allSatisfy { $0 == 0 || $0 == 1 })
  }

  @Test func gainScalesAndClamps() {
    var stream = RandomStream(seed: 1)
    let spikes = ValueCoding.rate(gain: 4).encode([0.25, 0.5], timeSteps: 50, stream: &stream)
    #expect(spikes.allSatisfy { $0 == 1 })
  }

  @Test func directRepeats() {
    var stream = RandomStream(seed: 1)
    let values = ValueCoding.direct.encode([0.25, 0.5], timeSteps: 3, stream: &stream)
    let expected: [Float] = [0.25, 0.5, 0.25, 0.5, 0.25, 0.5]
    #expect(values == expected)
  }

  @Test func streamsDependOnTheirPathAlone() {
    var first = RandomStream(seed: 1, path: 2, 3)
    var second = RandomStream(seed: 1, path: 2, 3)
    var other = RandomStream(seed: 1, path: 3, 2)
    let values = (0..<100).map { _ in first.next() }
    let same = (0..<100).map { _ in second.next() }
    let different = (0..<100).map { _ in other.next() }
    #expect(values == same)
    #expect(values != different)
    var unit = RandomStream(seed: 9)
    let units = (0..<10_000).map { _ in unit.nextUnit() }
    #expect(units.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test func shuffledArraysKeepTheirElements() {
    var numbers = Array(0..<1000)
    var stream = RandomStream(seed: 5)
    stream.shuffle(&numbers)
    #expect(numbers != Array(0..<1000))
    #expect(numbers.sorted() == Array(0..<1000))
    var few: [Int] = []
    stream.shuffle(&few)
    #expect(few.isEmpty)
  }
}
