import Accelerator
import Foundation
import TestSupport
import Testing

// Is every number of every recording reproduced exactly by both engines, in any order of processes?
@Suite struct Conv2023VectorTests {
  @Test(arguments: [("conv", 66, 15_278), ("fc", 36, 18_350), ("chain", 16, 16_001)])
  func everyNumberIsExact(kind: String, cases: Int, numbers: Int) throws {
    let name = "conv-2023.\(kind).jsonl.zst"
    let data = try Fixture.data(name, folder: "../../vectors")
    let validation = try VectorValidation(checking: data, file: name)
    #expect(validation.cases == cases)
    #expect(validation.outcomes.map(\.engine) == [.event, .closed])
    #expect(validation.outcomes.map(\.compared) == [numbers, numbers])
    #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
    for seed in 0..<3 as Range<UInt64> {
      let shuffled = try VectorValidation(
        checking: data, file: name, engines: [.event],
        order: { processes in
          var random = SeededGenerator(seed: seed)
          return Array(0..<processes).shuffled(using: &random)
        })
      #expect(shuffled.mismatches == 0, "\(shuffled.first?.description ?? "")")
    }
  }
}
