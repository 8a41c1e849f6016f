import Accelerator
import Foundation
import TestSupport
import Testing

// Does either engine notice when a recording is doctored, whichever number it is?
@Suite struct ValidationEngineTests {
  private static let files = [
    "conv-2023.conv", "conv-2023.fc", "conv-2023.chain", "hybrid-2024.conv", "hybrid-2024.fc",
    "hybrid-2024.chain", "hybrid-2024.dense", "fc-2023.pipeline", "fc-2023-rtl",
  ]

  @Test(arguments: files) func everyDoctoredNumberIsCaughtByBothEngines(file: String) throws {
    let text = try Fixture.data("\(file).jsonl.zst", folder: "../../vectors")
    let lines = text.split(separator: UInt8(ascii: "\n"))
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let line = Data(lines[Int.random(in: 0..<min(12, lines.count), using: &random)])
      let vector = try JSONDecoder().decode(JSONValue.self, from: line)
      var counting = Doctor(target: nil)
      _ = counting.change(vector, at: "", isMeasured: false)
      var doctor = Doctor(target: Int.random(in: 0..<counting.numbers, using: &random))
      let changed = doctor.change(vector, at: "", isMeasured: false)
      let place = try #require(doctor.place)
      let outcomes = try VectorValidation(
        checking: Data(changed.description.utf8), file: file
      ).outcomes
      #expect(outcomes.map(\.engine) == [.event, .closed])
      for outcome in outcomes {
        let first = try #require(outcome.first, "\(file): \(place) went unnoticed")
        #expect(outcome.mismatches == 1, "\(file): \(place)")
        #expect(first.engine == outcome.engine)
        #expect("layers[\(first.layer)].expect.\(first.value.path)" == place)
      }
    }
  }

  /// Adds 1 to one number among those that were measured.
  private struct Doctor {
    /// The number to change, counted in reading order; nil to count only.
    let target: Int?
    /// Numbers seen.
    var numbers = 0
    /// Where the changed number stands.
    var place: String?

    mutating func change(_ value: JSONValue, at path: String, isMeasured: Bool) -> JSONValue {
      switch value {
      case .integer(let number) where isMeasured:
        numbers += 1
        guard numbers - 1 == target else { return value }
        place = path
        return .integer(number + 1)
      case .array(var elements):
        for index in elements.indices {
          // The spikes in a line of a log are the input.
          let isInput = index == 2 && path.contains(".log[")
          elements[index] = change(
            elements[index], at: "\(path)[\(index)]", isMeasured: isMeasured && !isInput)
        }
        return .array(elements)
      case .object(var members):
        for key in members.keys.sorted() {
          guard let member = members[key] else { continue }
          // Rows that are stored come with the spike, which is data and not compared.
          members[key] = change(
            member, at: path.isEmpty ? key : "\(path).\(key)",
            isMeasured: (isMeasured || key == "expect") && key != "writerStores")
        }
        return .object(members)
      default: return value
      }
    }
  }

  @Test func eachEngineAloneIsHeldAgainstEveryNumber() throws {
    let data = try Fixture.data("hybrid-2024.chain.jsonl.zst", folder: "../../vectors")
    for engine in VectorValidation.Engine.allCases {
      let validation = try VectorValidation(checking: data, file: "chain", engines: [engine])
      #expect(validation.compared == 17_397)
      #expect(validation.mismatches == 0)
    }
  }
}
