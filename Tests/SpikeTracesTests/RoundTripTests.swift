import Foundation
import SpikeTraces
import Synchronization
import Testing

@Suite struct RoundTripTests {
  @Test func everythingWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    let samples = Example.samples(50, of: header)
    try Example.write(samples, header: header, to: folder.file("a.spikes"))
    #expect(folder.names == ["a.spikes"])

    let reader = try TraceReader(path: folder.file("a.spikes"))
    #expect(reader.header == header)
    #expect(reader.recoveryWarning == nil)
    #expect(reader.sampleCount == samples.count)
    for (index, sample) in samples.enumerated() {
      #expect(try reader.sample(index) == sample)
      let summary = try reader.summary(of: index)
      #expect(summary.id == sample.id)
      #expect(summary.label == sample.label)
      #expect(summary.prediction == sample.prediction)
      #expect(summary.spikeCounts == sample.boundaries.map(\.spikeCount))
    }
    let statistics = try reader.verify()
    #expect(statistics.samples == 50)
    #expect(statistics == (try reader.statistics()))
    #expect(statistics.spikes == samples.flatMap(\.boundaries).map(\.spikeCount).reduce(0, +))
    #expect(statistics.labelled == samples.count { $0.label != nil })
    #expect(
      statistics.correct == samples.count { $0.label != nil && $0.label == $0.prediction })
  }

  @Test func aTraceMayHaveNoSamples() throws {
    let folder = try TemporaryFolder()
    try Example.write([], header: Example.header(), to: folder.file("a.spikes"))
    let reader = try TraceReader(path: folder.file("a.spikes"))
    #expect(reader.sampleCount == 0)
    #expect(reader.recoveryWarning == nil)
  }

  @Test(arguments: [1, 7, 8, 9, 63, 64, 65, 127, 128, 130, 1000, 8192])
  func planesOfEveryShapeAndDensity(neurons: Int) throws {
    let folder = try TemporaryFolder()
    let header = TraceHeader(
      networkName: "one", timeSteps: 13, coding: .events, input: LayerShape(channels: neurons),
      layers: [
        TracedLayer(
          name: "out", operation: .fullyConnected, neuron: Example.neuron,
          output: LayerShape(channels: 1))
      ], dataSet: DataSetDescription(name: "random", split: "all", classes: 2))
    var generator = SeededGenerator(seed: UInt64(neurons))
    var samples: [SampleRecord] = []
    for density in [0, 0.0005, 0.01, 0.05, 0.12, 0.16, 0.17, 0.3, 0.7, 0.99, 1] {
      var planes = SpikePlanes.random(
        timeSteps: 13, neurons: neurons, density: density, using: &generator)
      // One plane of another density, so that bitmaps and gaps meet.
      for neuron in 0..<neurons { planes[timeStep: 6, neuron: neuron] = neuron % 3 != 0 }
      samples.append(
        SampleRecord(
          id: UInt64(samples.count), label: nil, prediction: nil,
          boundaries: [planes, SpikePlanes(timeSteps: 13, neurons: 1)]))
    }
    try Example.write(samples, header: header, to: folder.file("a.spikes"))
    let reader = try TraceReader(path: folder.file("a.spikes"))
    var reused = SpikePlanes(timeSteps: 0, neurons: 0)
    for (index, sample) in samples.enumerated() {
      try reader.boundary(0, of: index, into: &reused)
      #expect(reused == sample.boundaries[0])
    }
  }

  @Test func longSilences() throws {
    let folder = try TemporaryFolder()
    let neurons = 3_000_000
    let header = TraceHeader(
      networkName: "wide", timeSteps: 2, coding: .events, input: LayerShape(channels: neurons),
      layers: [
        TracedLayer(
          name: "out", operation: .fullyConnected, neuron: Example.neuron,
          output: LayerShape(channels: 1))
      ], dataSet: DataSetDescription(name: "random", split: "all", classes: 2))
    var planes = SpikePlanes(timeSteps: 2, neurons: neurons)
    for gap in [0, 251, 252, 253, 4031, 4032, 64_511, 64_512, 1_032_191, 1_032_192, 2_999_999] {
      planes[timeStep: 0, neuron: gap] = true
      planes[timeStep: 1, neuron: neurons - 1 - gap] = true
    }
    let sample = SampleRecord(
      id: 0, label: nil, prediction: nil,
      boundaries: [planes, SpikePlanes(timeSteps: 2, neurons: 1)])
    try Example.write([sample], header: header, to: folder.file("a.spikes"))
    #expect(try TraceReader(path: folder.file("a.spikes")).sample(0) == sample)
    #expect(try folder.bytes(of: "a.spikes").count < 1000)
  }

  @Test func manyThreadsWriteTheSameFileByPosition() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    let samples = Example.samples(200, of: header)
    try Example.write(samples, header: header, to: folder.file("serial.spikes"))
    let writer = try TraceWriter(path: folder.file("parallel.spikes"), header: header)
    let cursor = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      while true {
        let position = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
        guard position < samples.count else { return }
        do { try writer.append(samples[position], at: position) } catch { Issue.record(error) }
      }
    }
    try writer.finish()
    #expect(try folder.bytes(of: "serial.spikes") == folder.bytes(of: "parallel.spikes"))
  }

  @Test func positionsMayComeInAnyOrder() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    let samples = Example.samples(40, of: header)
    try Example.write(samples, header: header, to: folder.file("serial.spikes"))
    var generator = SeededGenerator(seed: 5)
    let writer = try TraceWriter(path: folder.file("shuffled.spikes"), header: header)
    for position in samples.indices.shuffled(using: &generator) {
      try writer.append(samples[position], at: position)
    }
    try writer.finish()
    #expect(try folder.bytes(of: "serial.spikes") == folder.bytes(of: "shuffled.spikes"))
  }
}
