import Accelerator
import Foundation
import PowerEstimation
import TestSupport

/// The 207 syntheses that formulas are held against.
struct SynthesisRun: Decodable {
  enum CodingKeys: String, CodingKey {
    case component = "comp"
    case parameters = "params"
    case options = "opts"
    case set
    case tables = "LUT"
    case flipFlops = "FF"
    case memoryTables = "LUTRAM"
    case halfBlockRAMs = "RAMB18"
    case wholeBlockRAMs = "RAMB36"
    case ultraRAMs = "URAM288"
    case multipliers = "DSP48"
  }
  var component: String
  var parameters: [String: Int]
  var options: String
  var set: String
  var tables: Double
  var flipFlops: Double
  var memoryTables: Double
  var halfBlockRAMs: Double
  var wholeBlockRAMs: Double
  var ultraRAMs: Double
  var multipliers: Double

  var isFit: Bool { self.set == "fit" }
  var blockRAMs: Double { wholeBlockRAMs + halfBlockRAMs / 2 }

  static func all() throws -> [SynthesisRun] {
    let text = String(decoding: try Fixture.data("runs.jsonl.zst"), as: UTF8.self)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(SynthesisRun.self, from: Data($0.utf8))
    }
  }
}
