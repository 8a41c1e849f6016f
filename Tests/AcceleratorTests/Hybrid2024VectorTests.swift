import Accelerator
import Foundation
import TestSupport
import Testing

// Is every number of every golden vector reproduced exactly, in any order of processes?
@Suite struct Hybrid2024VectorTests {
  @Test(arguments: [
    ("conv", 122, 26_674), ("fc", 62, 24_272), ("chain", 21, 17_397), ("dense", 12, 770),
    ("large", 1, 3_145),
  ])
  func everyNumberIsExact(kind: String, cases: Int, numbers: Int) throws {
    let data = try recordings(kind)
    let validation = try VectorValidation(checking: data, file: kind)
    #expect(validation.cases == cases)
    #expect(validation.outcomes.map(\.engine) == [.event, .closed])
    #expect(validation.outcomes.map(\.compared) == [numbers, numbers])
    #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
    for seed in 0..<3 as Range<UInt64> {
      let shuffled = try VectorValidation(
        checking: data, file: kind,
        order: { processes in
          var random = SeededGenerator(seed: seed)
          return Array(0..<processes).shuffled(using: &random)
        })
      #expect(shuffled.mismatches == 0, "\(shuffled.first?.description ?? "")")
    }
  }

  @Test func aLayerThatNeverFinishesSaysSo() throws {
    // One processing element, a power of two of neurons: the pass counter wraps.
    let layer = """
      {"kind":"fc","config":{"timeSteps":1,"inputChannels":1,"frameSize":4,"neurons":4,\
      "processingElements":1,"encoderWidth":4,"variant":1},"counts":[0],\
      "expect":{"neverFinishes":true,"loaded":null,"end":null,"neuronIterations":\
      [12,16,20,24,28,32]}}
      """
    #expect(try validate(vector("[\(layer)]")).mismatches == 0)
    #expect(throws: VectorError.self) {
      try validate(vector("[\(layer.replacingOccurrences(of: ",32]", with: ",99000000]"))]"))
    }
    // More chunks than the chunk counter can count.
    let narrow = """
      {"kind":"conv","config":{"timeSteps":1,"inputChannels":1,"outputChannels":1,"kernel":3,\
      "inputWidth":8,"outputWidth":8,"processingElements":1,"encoderWidth":4,\
      "listCapacity":32},"counts":[[[1]]],\
      "expect":{"neverFinishes":true,"loaded":null,"end":null,"frames":[]}}
      """
    #expect(try validate(vector("[\(narrow)]")).mismatches == 0)
  }

  @Test func nonsenseIsAnswered() throws {
    let layer = """
      {"kind":"conv","config":{"timeSteps":1,"inputChannels":1,"outputChannels":1,"kernel":3,\
      "inputWidth":8,"outputWidth":8,"processingElements":1,"encoderWidth":16,\
      "listCapacity":32},"counts":[[[1]]],"expect":{}}
      """
    let rows = """
      {"kind":"fc","config":{"timeSteps":1,"inputChannels":2,"frameSize":16,"neurons":6,\
      "processingElements":2,"encoderWidth":32,"variant":1},"counts":[0],"expect":{}}
      """
    let dense = """
      {"kind":"dense","config":{"T":1,"IC":3,"OC":3,"K":3,"W":6},"counts":null,"expect":{}}
      """
    let huge = "9223372036854775807"
    func changed(_ text: String, _ old: String, _ new: String) -> String {
      "[\(text.replacingOccurrences(of: old, with: new))]"
    }
    for good in [layer, rows, dense, "\(dense),\(layer),\(rows)"] {
      #expect(try validate(vector("[\(good)]")).mismatches == 0)
    }
    let cases: [(layers: String, start: String, words: String)] = [
      ("[\(layer)]", "{\"at\":[0]}", "must be {\"first\": cycle, \"length\": cycles}"),
      ("[\(layer)]", "{\"first\":-1,\"length\":1}", "must be {\"first\""),
      ("[\(layer)]", "{\"first\":0,\"length\":0}", "must be {\"first\""),
      ("[\(layer)]", "{\"first\":\(huge),\"length\":\(huge)}", "must be {\"first\""),
      (changed(layer, ":8,", ":1,"), start, "outputWidth is 1"),
      (changed(layer, ":8,", ":\(huge),"), start, "sensible frame width"),
      (changed(layer, ":16", ":0"), start, "encoderWidth is 0"),
      (changed(layer, "[1]", "[65]"), start, "0 to 64 spikes"),
      (changed(layer, "conv", "frob"), start, "kind \"frob\" is unknown"),
      (changed(rows, "\"variant\":1", "\"variant\":3"), start, "\"variant\" is 3"),
      (changed(rows, ":16", ":\(huge)"), start, "frameSize is \(huge)"),
      (changed(rows, "[0]", "[33]"), start, "0 to 32 spikes"),
      (changed(rows, "[0]", "null"), start, "\"counts\" must be"),
      (changed(dense, "\"W\":6", "\"W\":5"), start, "outside 28 to 1024"),
      (changed(dense, "\"W\":6", "\"W\":33"), start, "outside 28 to 1024"),
      (changed(dense, "\"IC\":3", "\"IC\":2"), start, "IC is 2"),
      (changed(dense, "\"T\":1", "\"T\":0"), start, "T is 0"),
      (changed(dense, "\"T\":1", "\"T\":1000000"), start, "T x OC is 3000000"),
      ("[\(rows),\(layer)]", start, "layer 1 of case x: only a fully connected layer"),
      ("[\(layer),\(dense)]", start, "layer 1 of case x: a dense layer is the first"),
    ]
    for (layers, start, words) in cases {
      #expect {
        try validate(vector(layers, start: start))
      } throws: { error in
        "\(error)".contains(words)
      }
    }
  }

  private let start = "{\"first\":0,\"length\":1}"

  private func vector(
    _ layers: String, start: String = "{\"first\":1,\"length\":1}"
  ) -> String {
    "{\"id\":\"x\",\"platform\":\"hybrid-2024\",\"start\":\(start),\"layers\":\(layers)}"
  }

  @discardableResult
  private func validate(_ line: String) throws -> VectorValidation {
    try VectorValidation(checking: Data(line.utf8), file: "test")
  }

  private func recordings(_ kind: String) throws -> Data {
    try Fixture.data("hybrid-2024.\(kind).jsonl.zst", folder: "../../vectors")
  }
}
