import Foundation
import Glibc
import SpikeTraces
import Testing

/// What the writer leaves under which name, and what it refuses.
@Suite struct WriterTests {
  let header = Example.header()

  func expect(_ code: TraceError.Code, _ body: () throws -> Void) {
    let error = #expect(throws: TraceError.self) { try body() }
    #expect(error?.code == code)
    #expect(error?.message.isEmpty == false)
  }

  @Test func theNameAppearsOnlyWhenFinished() throws {
    let folder = try TemporaryFolder()
    let writer = try TraceWriter(path: folder.file("a.spikes"), header: header)
    try writer.append(Example.samples(1, of: header)[0])
    #expect(folder.names == ["a.spikes.partial"])
    try writer.finish()
    #expect(folder.names == ["a.spikes"])
    expect(.writerClosed) { try writer.append(Example.samples(1, of: header)[0]) }
    expect(.writerClosed) { try writer.finish() }
  }

  @Test func anAbandonedWriterLeavesWhatItIsAskedTo() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(3, of: header)
    let writer = try TraceWriter(path: folder.file("a.spikes"), header: header)
    for sample in samples { try writer.append(sample) }
    writer.abandon()
    #expect(folder.names == [])

    let keeping = try TraceWriter(path: folder.file("a.spikes"), header: header)
    for sample in samples { try keeping.append(sample) }
    keeping.abandon(keepingPartial: true)
    #expect(folder.names == ["a.spikes.partial"])
    let reader = try TraceReader(path: folder.file("a.spikes.partial"))
    #expect(reader.recoveryWarning?.contains("3 whole records found") == true)
    #expect(try (0..<3).map { try reader.sample($0) } == samples)
  }

  @Test func aForgottenWriterLeavesItsPart() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try TraceWriter(path: folder.file("a.spikes"), header: header)
      try writer.append(Example.samples(1, of: header)[0])
    }
    #expect(try TraceReader(path: folder.file("a.spikes.partial")).sampleCount == 1)
  }

  @Test func nothingIsReplacedUnasked() throws {
    let folder = try TemporaryFolder()
    try Example.write([], header: header, to: folder.file("a.spikes"))
    expect(.alreadyExists) { _ = try TraceWriter(path: folder.file("a.spikes"), header: header) }
    let replacing = try TraceWriter(path: folder.file("a.spikes"), header: header, overwrite: true)
    try replacing.append(Example.samples(1, of: header)[0])
    #expect(try TraceReader(path: folder.file("a.spikes")).sampleCount == 0)
    try replacing.finish()
    #expect(try TraceReader(path: folder.file("a.spikes")).sampleCount == 1)

    _ = try folder.write([1, 2, 3], to: "b.spikes.partial")
    expect(.alreadyExists) { _ = try TraceWriter(path: folder.file("b.spikes"), header: header) }
  }

  @Test func twoWritersOfOneNameAreRefused() throws {
    let folder = try TemporaryFolder()
    let first = try TraceWriter(path: folder.file("a.spikes"), header: header)
    expect(.alreadyExists) {
      _ = try TraceWriter(path: folder.file("a.spikes"), header: header, overwrite: true)
    }
    try first.finish()
  }

  @Test func foldersThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    expect(.fileSystem) { _ = try TraceWriter(path: folder.path, header: header) }
    expect(.fileSystem) { _ = try TraceWriter(path: folder.file("no/a.spikes"), header: header) }
    expect(.fileSystem) { _ = try TraceWriter(path: "/proc/a.spikes", header: header) }
  }

  @Test func aFullDiskIsSaidWithItsRemedy() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    let file = OutputFile(descriptor: descriptor, named: "full.spikes")
    let error = #expect(throws: TraceError.self) {
      for _ in 0..<2 { try file.write([UInt8](repeating: 7, count: 1 << 20)) }
    }
    #expect(error?.code == .fileSystem)
    #expect(error?.message.contains("free some space") == true)
    #expect(error?.file == "full.spikes")
  }

  @Test func samplesThatDoNotFit() throws {
    let folder = try TemporaryFolder()
    let writer = try TraceWriter(path: folder.file("a.spikes"), header: header)
    let good = Example.samples(1, of: header)[0]
    var sample = good
    sample.boundaries.removeLast()
    expect(.invalidSample) { try writer.append(sample) }
    sample = good
    sample.boundaries[1] = SpikePlanes(timeSteps: 5, neurons: 36)
    expect(.invalidSample) { try writer.append(sample) }
    sample = good
    sample.label = -1
    expect(.invalidSample) { try writer.append(sample) }
    sample = good
    sample.prediction = .max
    expect(.invalidSample) { try writer.append(sample) }
    try writer.append(good)
    try writer.finish()
    #expect(try TraceReader(path: folder.file("a.spikes")).sample(0) == good)
  }

  @Test func positionsAreEachWrittenOnce() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(3, of: header)
    let writer = try TraceWriter(
      path: folder.file("a.spikes"), header: header, reorderingLimit: 1000)
    try writer.append(samples[0], at: 0)
    expect(.invalidSample) { try writer.append(samples[0], at: 0) }
    expect(.invalidSample) { try writer.append(samples[0], at: -1) }
    try writer.append(samples[2], at: 2)
    expect(.invalidSample) { try writer.append(samples[2], at: 2) }
    expect(.missingSamples) { try writer.finish() }
    expect(.missingSamples) {
      for position in 3..<100 { try writer.append(samples[2], at: position) }
    }
    try writer.append(samples[1], at: 1)
    try writer.finish()
    let reader = try TraceReader(path: folder.file("a.spikes"))
    #expect(reader.sampleCount > 3)
    #expect(try (0..<3).map { try reader.sample($0) } == samples)
  }

  @Test func headersThatDescribeNoNetwork() throws {
    let folder = try TemporaryFolder()
    let header = self.header
    func refuse(_ change: (inout TraceHeader) -> Void) {
      var changed = header
      change(&changed)
      expect(.invalidHeader) {
        _ = try TraceWriter(path: folder.file("a.spikes"), header: changed)
      }
    }
    refuse { $0.timeSteps = 0 }
    refuse { $0.layers = [] }
    refuse { $0.layers[1].name = "conv1" }
    refuse { $0.layers[1].name = "" }
    refuse { $0.layers[0].neuron.beta = .nan }
    refuse { $0.layers[0].neuron.threshold = .infinity }
    refuse { $0.layers[1].output = LayerShape(channels: 0) }
    refuse { $0.layers[1].output = LayerShape(channels: 1 << 27) }
    refuse { $0.input = LayerShape(channels: .max, height: .max, width: .max) }
    refuse { $0.input = LayerShape(channels: 1, height: 9, width: 8) }
    refuse { $0.layers[0].output = LayerShape(channels: 4, height: 2, width: 3) }
    refuse {
      $0.layers[0].operation = .convolution(
        kernel: 0, stride: 0, padding: -1, convolved: $0.input, pooling: 0,
        poolingPosition: .beforeNeuron)
    }
    refuse {
      $0.layers[0].operation = .convolution(
        kernel: 9, stride: 1, padding: 0, convolved: $0.input, pooling: 1,
        poolingPosition: .beforeNeuron)
    }
    refuse { $0.dataSet.classes = -1 }
    #expect(folder.names == [])
  }
}
