import Foundation
import SpikeTraces
import Testing

/// What becomes of a trace that is not what was written: an error or a warning, never other spikes.
@Suite struct DamageTests {
  let header = Example.header(timeSteps: 4)

  /// Every way a file may be read: its samples, nil where a sample cannot be.
  func read(_ path: String) throws(TraceError) -> (samples: [SampleRecord?], warning: String?) {
    let reader = try TraceReader(path: path)
    // A flip may hit a part of the header whose change the format allows no one to notice.
    #expect(reader.header == header)
    var samples: [SampleRecord?] = []
    for index in 0..<reader.sampleCount {
      do throws(TraceError) {
        samples.append(try reader.sample(index))
      } catch {
        #expect(error.location.record == index)
        #expect(error.file == path)
        #expect(!error.message.isEmpty)
        samples.append(nil)
      }
    }
    _ = try? reader.verify()
    return (samples, reader.recoveryWarning)
  }

  @Test func cutOffAnywhere() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(5, of: header)
    try Example.write(samples, header: header, to: folder.file("whole.spikes"))
    let bytes = try folder.bytes(of: "whole.spikes")
    var found: Set<Int> = []
    for length in 0..<bytes.count {
      let path = try folder.write(Array(bytes[..<length]), to: "cut.spikes")
      do throws(TraceError) {
        let (read, warning) = try read(path)
        #expect(read == Array(samples[..<read.count]))
        #expect(warning?.contains("\(read.count) whole record") == true)
        found.insert(read.count)
      } catch {
        #expect([.damaged, .notATrace].contains(error.code))
        #expect(length < 1000)
      }
    }
    #expect(found == Set(0...5))
  }

  @Test func everyBitFlipped() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(3, of: header)
    try Example.write(samples, header: header, to: folder.file("whole.spikes"))
    let bytes = try folder.bytes(of: "whole.spikes")
    let path = folder.file("flipped.spikes")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    for bit in 0..<bytes.count * 8 {
      let offset = bit / 8
      func put(_ byte: UInt8) throws {
        try handle.seek(toOffset: UInt64(offset))
        try handle.write(contentsOf: [byte])
      }
      try put(bytes[offset] ^ (1 << UInt8(bit % 8)))
      do throws(TraceError) {
        let (read, warning) = try read(path)
        #expect(warning != nil || read.count == samples.count)
        #expect(read.count <= samples.count)
        for (index, sample) in read.enumerated() where sample != nil {
          #expect(sample == samples[index], "bit \(bit) changed sample \(index)")
        }
      } catch {
        #expect(error.file == path)
      }
      try put(bytes[offset])
    }
    #expect(try folder.bytes(of: "flipped.spikes") == bytes)
  }

  /// Damage of several bytes at once, in files of several shapes.
  @Test func randomDamage() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(4, of: header)
    try Example.write(samples, header: header, to: folder.file("whole.spikes"))
    let bytes = try folder.bytes(of: "whole.spikes")
    var generator = SeededGenerator(seed: 99)
    for _ in 0..<1000 {
      var damaged = bytes
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
      case 1:
        let at = Int.random(in: damaged.indices, using: &generator)
        damaged.removeSubrange(at..<min(at + 9, damaged.count))
      case 2:
        let at = Int.random(in: damaged.indices, using: &generator)
        damaged.insert(contentsOf: damaged[at / 2..<at], at: at)
      default:
        let at = Int.random(in: damaged.indices, using: &generator)
        for index in at..<min(at + 64, damaged.count) { damaged[index] = 0 }
      }
      let path = try folder.write(damaged, to: "damaged.spikes")
      if let (read, _) = try? read(path) {
        for case let sample? in read { #expect(samples.contains(sample)) }
      }
    }
  }

  /// Contents that pass every checksum but that no writer writes.
  @Test func contentsThatAreNone() throws {
    var generator = SeededGenerator(seed: 11)
    let codec = try SpikeCodec()
    var decoded = 0
    for round in 0..<3000 {
      let neurons = [1, 10, 64, 100, 1000][round % 5]
      var planes = SpikePlanes(timeSteps: round % 11 + 1, neurons: neurons)
      let length = Int.random(in: 1...planes.words.count * 14, using: &generator)
      let highest: UInt8 = [255, 3, 40, 251][round % 4]
      var content = (0..<length).map { _ in UInt8.random(in: 0...highest, using: &generator) }
      // Mostly a plausible choice of bitmaps, so that what follows is reached.
      for index in 0..<min(length, (planes.timeSteps + 7) / 8) where round % 3 != 0 {
        content[index] = round % 2 == 0 ? 0 : 1
      }
      let frame = try Zstandard.compress(content)
      for spikes in [1, length - 1] {
        let boundary = BoundaryDescription(
          spikes: spikes, contentLength: length, frameLength: frame.count)
        do throws(TraceError) {
          try frame.withUnsafeBufferPointer { frame throws(TraceError) in
            try codec.decode(UnsafeRawBufferPointer(frame), of: boundary, into: &planes)
          }
          #expect(planes.spikeCount == spikes)
          decoded += 1
        } catch {
          #expect(error.code == .damaged)
        }
      }
    }
    #expect(decoded > 0)
  }

  @Test func foreignFiles() throws {
    let folder = try TemporaryFolder()
    func code(_ bytes: [UInt8]) throws -> TraceError.Code? {
      let path = try folder.write(bytes, to: "foreign")
      do throws(TraceError) {
        _ = try TraceReader(path: path)
        return nil
      } catch { return error.code }
    }
    #expect(try code([]) == .notATrace)
    #expect(try code(Array("hello\n".utf8)) == .notATrace)
    #expect(try code([UInt8](repeating: 0, count: 4096)) == .notATrace)
    #expect(try code(Zstandard.compress(Array("{}".utf8))) == .notATrace)

    try Example.write([], header: header, to: folder.file("a.spikes"))
    var newer = try folder.bytes(of: "a.spikes")
    newer[24] = 2
    #expect(try code(newer) == .unsupportedVersion)
  }

  @Test func whatIsNoFile() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.file("none"), "/dev/null", ""] {
      let error = #expect(throws: TraceError.self) { try TraceReader(path: path) }
      #expect(error?.code == .fileSystem)
      #expect(error?.file == path)
    }
  }

  /// Headers that a reader must refuse before it allocates anything for them.
  @Test(arguments: [
    "\"timeSteps\":4", "\"timeSteps\":0", "\"timeSteps\":-1", "\"timeSteps\":1048577",
    "\"timeSteps\":9223372036854775807", "\"timeSteps\":1e300",
    "\"timeSteps\":99999999999999999999",
    "\"timeSteps\":null", "\"timeSteps\":\"4\"",
  ])
  func absurdNumbers(replacement: String) throws {
    try expectRefusal(unless: "\"timeSteps\":4", replacement)
  }

  @Test(arguments: [
    "\"height\":8", "\"height\":0", "\"height\":-8", "\"height\":4611686018427387904",
    "\"height\":16777216", "\"height\":16777217", "\"height\":9",
  ])
  func absurdShapes(replacement: String) throws {
    try expectRefusal(unless: "\"height\":8", replacement)
  }

  private func expectRefusal(unless original: String, _ replacement: String) throws {
    let folder = try TemporaryFolder()
    try Example.write([], header: header, to: folder.file("a.spikes"))
    let bytes = try folder.bytes(of: "a.spikes")
    let json = String(decoding: try Zstandard.decompress(bytes), as: UTF8.self)
    let changed = json.replacingOccurrences(of: original, with: replacement)
    #expect(changed != json || replacement == original)
    let path = try folder.write(
      Array(bytes[..<28]) + Zstandard.compress(Array(changed.utf8)), to: "b.spikes")
    if replacement == original {
      #expect(try TraceReader(path: path).header == header)
    } else {
      let error = #expect(throws: TraceError.self) { try TraceReader(path: path) }
      #expect(error?.code == .invalidHeader)
    }
  }

  @Test func recordsThatClaimGigabytes() throws {
    let folder = try TemporaryFolder()
    try Example.write([], header: header, to: folder.file("a.spikes"))
    let opening = try folder.bytes(of: "a.spikes")
    let frames = try #require(firstFrameEnd(opening))
    for claim in [1 << 20, 1 << 40, 1 << 61, Int.max] {
      var head: [UInt8] = [1, 0, 0, 0]
      for _ in 0..<3 {
        for number in [5, claim, claim] {
          var rest = number
          while rest >= 128 {
            head.append(UInt8(rest & 127) | 128)
            rest >>= 7
          }
          head.append(UInt8(rest))
        }
      }
      let path = try folder.write(
        Array(opening[..<frames]) + Zstandard.compress(head), to: "b.spikes")
      let reader = try TraceReader(path: path)
      #expect(reader.sampleCount == 0)
      #expect(reader.recoveryWarning?.contains("0 whole records") == true)
    }
  }

  /// Where the header's frame ends: the closing frame of a trace without records begins there.
  private func firstFrameEnd(_ bytes: [UInt8]) -> Int? {
    (28..<bytes.count - 4).first { Array(bytes[$0..<$0 + 4]) == [0x5E, 0x2A, 0x4D, 0x18] }
  }
}
