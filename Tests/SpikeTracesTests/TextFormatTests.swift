import SpikeTraces
import Testing

@Suite struct TextFormatTests {
  let header = Example.header()

  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let samples = Example.samples(20, of: header)
    var text = try TraceTextFormat.line(for: header)
    for sample in samples { TraceTextFormat.appendLine(for: sample, to: &text) }
    text.append(contentsOf: "\n \r\n".utf8)
    let path = try folder.write(text, to: "a.jsonl")
    #expect(try TraceTextReader.recognises(path: path))
    var reader = try TraceTextReader(path: path)
    #expect(reader.header == header)
    var read: [SampleRecord] = []
    while let sample = try reader.next() { read.append(sample) }
    #expect(read == samples)
  }

  @Test func traceAndTextAreToldApart() throws {
    let folder = try TemporaryFolder()
    try Example.write([], header: header, to: folder.file("a.spikes"))
    #expect(try !TraceTextReader.recognises(path: folder.file("a.spikes")))
    #expect(try !TraceTextReader.recognises(path: folder.write([], to: "empty")))
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "{\"format\":\"other\",\"version\":1}", "\u{0}",
    "{\"format\":\"lockstep-spikes\",\"version\":1,\"header\":{}}",
  ])
  func firstLinesThatAreNone(line: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(line.utf8), to: "a.jsonl")
    let error = #expect(throws: TraceError.self) { try TraceTextReader(path: path) }
    #expect(error?.code == .malformedText)
  }

  @Test(arguments: [
    "{}", "{\"id\":1}", "nonsense", "{\"id\":-1,\"spikes\":[]}", "{\"id\":1,\"spikes\":[]}",
    "{\"id\":1,\"spikes\":[[[0]],[[0]],[[0]]]}",
    "{\"id\":1,\"spikes\":[[[64],[],[],[],[],[]],[[],[],[],[],[],[]],[[],[],[],[],[],[]]]}",
    "{\"id\":1,\"spikes\":[[[-1],[],[],[],[],[]],[[],[],[],[],[],[]],[[],[],[],[],[],[]]]}",
    "{\"id\":1,\"spikes\":[[[1e40],[],[],[],[],[]],[[],[],[],[],[],[]],[[],[],[],[],[],[]]]}",
  ])
  func samplesThatAreNone(line: String) throws {
    let folder = try TemporaryFolder()
    let text = try TraceTextFormat.line(for: header) + Array("\n\(line)\n".utf8)
    let path = try folder.write(text, to: "a.jsonl")
    var reader = try TraceTextReader(path: path)
    let error = #expect(throws: TraceError.self) { try reader.next() }
    #expect(error?.code == .malformedText)
    #expect(error?.file == path + ":3")
  }
}
