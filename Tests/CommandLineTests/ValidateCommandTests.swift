import Foundation
import TestSupport
import Testing

// Does `lockstep validate` tell agreement from difference, and nonsense from both?
@Suite struct ValidateCommandTests {
  private let vectors = ["conv", "fc", "chain"].map {
    Fixture.url("conv-2023.\($0).jsonl.zst", folder: "../../vectors").path
  }

  @Test func theShippedVectorsAgree() throws {
    let result = try LockstepProgram().run(["validate"] + vectors)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("mismatches"))
    let json = try LockstepProgram().run(["validate", "--json"] + vectors)
    let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
    #expect(report.files.map(\.cases) == [66, 36, 16])
    #expect(report.files.map(\.mismatches) == [0, 0, 0])
    #expect(
      report.files.map { $0.engines.map(\.numbers) }
        == [[15_278, 15_278], [18_350, 18_350], [16_001, 16_001]])
    for (choice, engines) in [
      "event": ["event"], "closed": ["closed"], "both": ["event", "closed"],
    ] {
      let json = try LockstepProgram().run(
        ["validate", "--json", "--engine", choice, vectors[0]])
      let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
      #expect(report.files[0].engines.map(\.engine) == engines)
    }
  }

  @Test func aSingleWrongNumberIsFound() throws {
    let folder = try TemporaryFolder()
    let text = String(
      decoding: try Fixture.data("conv-2023.conv.jsonl.zst", folder: "../../vectors"),
      as: UTF8.self)
    let changed = text.replacingOccurrences(of: "\"loaded\":[210]", with: "\"loaded\":[211]")
    #expect(changed != text)
    let path = try folder.write(changed, to: "changed.jsonl")
    let result = try LockstepProgram().run(["validate", path])
    #expect(result.status == 1)
    for engine in ["event simulation", "closed form"] {
      #expect(
        result.output.contains(
          "\(engine), line 3, case conv_o00_2, layer 0, loaded[0]: expected 211, computed 210"))
    }
  }

  @Test func missingAndExtraNumbersAreMismatches() throws {
    let folder = try TemporaryFolder()
    let line = try #require(
      String(
        decoding: try Fixture.data("conv-2023.conv.jsonl.zst", folder: "../../vectors"),
        as: UTF8.self
      ).split(separator: "\n").first)
    for (old, new, words) in [
      ("\"loaded\":[50]", "\"loaded\":[]", "loaded[0]: expected nothing, computed 50"),
      ("\"loaded\":[50]", "\"loaded\":[50,51]", "loaded[1]: expected 51, computed nothing"),
      ("\"end\":51", "\"end\":51,\"frobs\":3", "frobs: expected 3, computed nothing"),
      ("\"end\":51", "\"end\":\"soon\"", "end: expected \"soon\", computed 51"),
    ] {
      let path = try folder.write(
        line.replacingOccurrences(of: old, with: new), to: "changed.jsonl")
      let result = try LockstepProgram().run(["validate", path])
      #expect(result.status == 1)
      #expect(result.output.contains(words), "\(result.output)")
    }
  }

  @Test func nonsenseIsAnswered() throws {
    let folder = try TemporaryFolder()
    let layer = """
      {"kind":"conv","config":{"timeSteps":1,"inputChannels":1,"outputChannels":1,"kernel":3,\
      "inputWidth":8,"outputWidth":6,"processingElements":1,"encoderWidth":16,"listCapacity":32},\
      "counts":[1],"expect":{}}
      """
    func vector(
      _ layers: String, start: String = "{\"at\":[0]}", platform: String = "conv-2023"
    ) -> String {
      "{\"id\":\"x\",\"platform\":\"\(platform)\",\"start\":\(start),\"layers\":\(layers)}"
    }
    let cases: [(text: String, words: String)] = [
      ("", "holds no case"),
      ("\n\n", "holds no case"),
      ("hello", ":1: this is not a JSON object"),
      ("[1]", ":1: this is not a JSON object"),
      ("{}", "no \"id\""),
      ("{\"id\":\"x\"}", "no \"platform\""),
      (vector("[\(layer)]", platform: "frob"), "platform \"frob\"; this version knows"),
      (vector("[\(layer)]", start: "{\"at\":[]}"), "must be {\"at\": [cycles]}"),
      (vector("[\(layer)]", start: "{\"at\":[5,3]}"), "must be {\"at\": [cycles]}"),
      (vector("[\(layer)]", start: "{\"at\":[-1]}"), "must be {\"at\": [cycles]}"),
      (vector("[]"), "needs \"layers\""),
      (vector("[{}]"), "layer 0 of case x: needs \"kind\""),
      (vector("[\(layer.replacingOccurrences(of: "conv", with: "frob"))]"), "kind \"frob\""),
      (vector("[\(layer.replacingOccurrences(of: ":16", with: ":0"))]"), "encoderWidth is 0"),
      (vector("[\(layer.replacingOccurrences(of: ":16", with: ":1e99"))]"), "\"encoderWidth\""),
      (
        vector("[\(layer.replacingOccurrences(of: ":8,", with: ":9223372036854775807,"))]"),
        "sensible frame width"
      ),
      (vector("[\(layer.replacingOccurrences(of: "[1]", with: "[65]"))]"), "0 to 64 spikes"),
      (vector("[\(layer.replacingOccurrences(of: "[1]", with: "[-1]"))]"), "0 to 64 spikes"),
      (vector("[\(layer.replacingOccurrences(of: "[1]", with: "[0.5]"))]"), "lists of whole"),
      ("\(vector("[\(layer)]"))\n{", ":2: this is not a JSON object"),
    ]
    for (text, words) in cases {
      let path = try folder.write(text, to: "bad.jsonl")
      let result = try LockstepProgram().run(["validate", path])
      #expect(result.status == 2, "\(text)")
      #expect(result.errors.hasPrefix("error: "))
      #expect(result.errors.contains(words), "\(text): \(result.errors)")
      #expect(result.output.isEmpty)
    }
    for path in [folder.url.path, folder.path("absent.jsonl")] {
      #expect(try LockstepProgram().run(["validate", path]).status == 2)
    }
  }

  @Test func aDamagedCompressedFileIsAnswered() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: vectors[0]))
    let path = folder.path("cut.jsonl.zst")
    for length in [4, 5, 17, 1000, whole.count - 1] {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      let result = try LockstepProgram().run(["validate", path])
      #expect(result.status == 2)
      #expect(result.errors.hasPrefix("error: "))
    }
  }

  private struct Report: Decodable {
    struct File: Decodable {
      struct Engine: Decodable {
        let engine: String
        let numbers: Int
      }
      let cases: Int
      let mismatches: Int
      let engines: [Engine]
    }
    let files: [File]
  }
}
