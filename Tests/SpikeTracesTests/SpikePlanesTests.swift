import SpikeTraces
import Testing

@Suite struct SpikePlanesTests {
  @Test func bitsAreWhereTheDocumentationSays() throws {
    var planes = SpikePlanes(timeSteps: 3, neurons: 130)
    #expect(planes.wordsPerPlane == 3)
    planes[timeStep: 2, neuron: 129] = true
    planes[timeStep: 1, neuron: 64] = true
    #expect(planes.words == [0, 0, 0, 0, 1, 0, 0, 0, 2])
    #expect(planes[timeStep: 2, neuron: 129])
    planes[timeStep: 2, neuron: 129] = false
    #expect(planes.words == [0, 0, 0, 0, 1, 0, 0, 0, 0])
    #expect(try SpikePlanes(timeSteps: 3, neurons: 130, words: planes.words) == planes)
  }

  @Test func wordsThatDoNotFitAreRefused() {
    #expect(throws: TraceError.self) {
      try SpikePlanes(timeSteps: 2, neurons: 10, words: [0])
    }
    #expect(throws: TraceError.self) {
      try SpikePlanes(timeSteps: 1, neurons: 10, words: [1 << 10])
    }
    #expect(throws: TraceError.self) {
      try SpikePlanes(timeSteps: .max, neurons: .max, words: [1])
    }
    #expect(throws: TraceError.self) {
      try SpikePlanes(timeSteps: -1, neurons: 10, words: [])
    }
  }

  @Test func paddingStaysZero() {
    var planes = SpikePlanes(timeSteps: 2, neurons: 70)
    planes.withUnsafeMutableWords { words in
      for index in words.indices { words[index] = .max }
    }
    #expect(planes.spikeCount == 140)
    #expect(planes.withUnsafeWords { $0[1] } == 63)
  }

  @Test(arguments: [1, 7, 36, 63, 64, 65, 128, 225, 500])
  func countsOfGroupsAreTheSpikesInThem(groupSize: Int) {
    var generator = SeededGenerator(seed: UInt64(groupSize))
    let planes = SpikePlanes.random(timeSteps: 5, neurons: 450, density: 0.2, using: &generator)
    let counts = planes.groupCounts(groupSize: groupSize)
    let groups = (450 + groupSize - 1) / groupSize
    #expect(counts.count == 5 * groups)
    for timeStep in 0..<5 {
      for group in 0..<groups {
        let range = group * groupSize..<min((group + 1) * groupSize, 450)
        let expected = range.count { planes[timeStep: timeStep, neuron: $0] }
        #expect(Int(counts[timeStep * groups + group]) == expected)
        #expect(planes.spikeCount(timeStep: timeStep, neurons: range) == expected)
      }
      #expect(
        planes.spikeCount(timeStep: timeStep)
          == (0..<450).count { planes[timeStep: timeStep, neuron: $0] })
    }
    #expect(planes.spikeCount == Int(counts.reduce(0, +)))
  }

  @Test func spikesAreVisitedInOrder() {
    var generator = SeededGenerator(seed: 3)
    let planes = SpikePlanes.random(timeSteps: 4, neurons: 200, density: 0.3, using: &generator)
    for timeStep in 0..<4 {
      var seen: [Int] = []
      planes.forEachSpike(timeStep: timeStep) { seen.append($0) }
      #expect(seen == (0..<200).filter { planes[timeStep: timeStep, neuron: $0] })
    }
  }
}
