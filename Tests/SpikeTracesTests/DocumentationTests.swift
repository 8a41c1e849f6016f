import Foundation
import SpikeTraces
import Testing

/// `docs/TraceFormat.md` is the contract: its example must be what this software reads and writes.
@Suite struct DocumentationTests {
  let document: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    document = try String(
      contentsOf: root.appendingPathComponent("docs/TraceFormat.md"), encoding: .utf8)
  }

  /// The content of the document's block in a language.
  func block(_ language: String) throws -> String {
    let start = try #require(document.range(of: "```\(language)\n"))
    let end = try #require(
      document.range(of: "\n```", range: start.upperBound..<document.endIndex))
    return String(document[start.upperBound..<end.lowerBound])
  }

  /// The bytes of the document's dump.
  func example() throws -> [UInt8] {
    try block("hexdump").split(separator: "\n").flatMap { line in
      line.drop { $0 != ":" }.dropFirst().split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }
  }

  @Test func theDumpIsTheLinesOfJSON() throws {
    let folder = try TemporaryFolder()
    let reader = try TraceReader(path: try folder.write(try example(), to: "a.spikes"))
    #expect(reader.recoveryWarning == nil)
    _ = try reader.verify()
    var text = try TraceTextReader(
      path: try folder.write(Array(try block("json").utf8), to: "a.jsonl"))
    #expect(text.header == reader.header)
    var count = 0
    while let sample = try text.next() {
      #expect(try reader.sample(count) == sample)
      count += 1
    }
    #expect(count == reader.sampleCount)
  }

  @Test(.enabled(if: Zstandard.libraryVersion == "1.5.4"))
  func theDumpIsWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    let reader = try TraceReader(path: try folder.write(try example(), to: "a.spikes"))
    let samples = try (0..<reader.sampleCount).map { try reader.sample($0) }
    try Example.write(samples, header: reader.header, to: folder.file("b.spikes"))
    #expect(try folder.bytes(of: "b.spikes") == example())
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd")))
  func theProgramInTheDocumentReadsTraces() throws {
    let folder = try TemporaryFolder()
    let header = Example.header(timeSteps: 9)
    let samples = Example.samples(12, of: header)
    try Example.write(samples, header: header, to: folder.file("a.spikes"))
    let program = try folder.write(Array(try block("python").utf8), to: "read.py")

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [program, folder.file("a.spikes")]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)

    var expected = ""
    for sample in samples {
      expected += "sample \(sample.id) label \(sample.label ?? -1) "
      expected += "prediction \(sample.prediction ?? -1)\n"
      for planes in sample.boundaries {
        let steps = (0..<planes.timeSteps).map { timeStep in
          var neurons: [Int] = []
          planes.forEachSpike(timeStep: timeStep) { neurons.append($0) }
          return neurons
        }
        expected += planes.spikeCount == 0 ? "   silent\n" : "   \(steps)\n"
      }
    }
    #expect(printed == expected)
  }
}
