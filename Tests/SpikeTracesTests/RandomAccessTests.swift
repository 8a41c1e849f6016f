import Foundation
import SpikeTraces
import Testing

/// A sample is read from its own record and the index, a boundary from its own frame: everything
/// else may be destroyed.
@Suite struct RandomAccessTests {
  @Test func oneOfTenThousandSamplesNeedsItsRecordAlone() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    let pattern = Example.samples(100, of: header)
    let writer = try TraceWriter(path: folder.file("a.spikes"), header: header)
    for index in 0..<10_000 {
      var sample = pattern[index % pattern.count]
      sample.id = UInt64(index)
      try writer.append(sample)
    }
    try writer.finish()
    let bytes = try folder.bytes(of: "a.spikes")
    let extents = try TraceReader(path: folder.file("a.spikes")).recordExtents
    #expect(extents.count == 10_000)
    let records = try #require(extents.first).lowerBound..<(try #require(extents.last).upperBound)

    for wanted in [0, 1, 4711, 9999] {
      var destroyed = bytes
      for index in records where !extents[wanted].contains(index) { destroyed[index] = 0xFF }
      let reader = try TraceReader(path: try folder.write(destroyed, to: "b.spikes"))
      #expect(reader.recoveryWarning == nil)
      #expect(reader.sampleCount == 10_000)
      var expected = pattern[wanted % pattern.count]
      expected.id = UInt64(wanted)
      #expect(try reader.sample(wanted) == expected)
      #expect(throws: TraceError.self) { try reader.sample(5000) }
    }
  }

  @Test func oneBoundaryNeedsItsFrameAlone() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    let samples = Example.samples(2, of: header)
    try Example.write(samples, header: header, to: folder.file("a.spikes"))
    let bytes = try folder.bytes(of: "a.spikes")
    let reader = try TraceReader(path: folder.file("a.spikes"))
    let frames = try reader.frameExtents(of: 1)
    #expect(frames.count == 3)
    for wanted in frames.indices where !frames[wanted].isEmpty {
      var destroyed = bytes
      for frame in frames where frame != frames[wanted] {
        for index in frame { destroyed[index] = 0xFF }
      }
      let reader = try TraceReader(path: try folder.write(destroyed, to: "b.spikes"))
      #expect(try reader.boundary(wanted, of: 1) == samples[1].boundaries[wanted])
      for other in frames.indices where other != wanted && !frames[other].isEmpty {
        let error = #expect(throws: TraceError.self) { try reader.boundary(other, of: 1) }
        #expect(error?.location.boundary == other)
      }
    }
  }

  @Test func whatIsNotThere() throws {
    let folder = try TemporaryFolder()
    let header = Example.header()
    try Example.write(Example.samples(2, of: header), header: header, to: folder.file("a.spikes"))
    let reader = try TraceReader(path: folder.file("a.spikes"))
    for index in [-1, 2, Int.max, Int.min] {
      #expect(throws: TraceError.self) { try reader.sample(index) }
      #expect(throws: TraceError.self) { try reader.summary(of: index) }
      let error = #expect(throws: TraceError.self) { try reader.boundary(0, of: index) }
      #expect(error?.code == .outOfRange)
    }
    for boundary in [-1, 3, Int.max] {
      let error = #expect(throws: TraceError.self) { try reader.boundary(boundary, of: 0) }
      #expect(error?.code == .outOfRange)
    }
  }
}
