import Accelerator
import Foundation
import TestSupport
import Testing

// Is every number of every golden vector reproduced exactly?
@Suite struct Conv2023VectorTests {
  @Test(arguments: [("conv", 66), ("fc", 36), ("chain", 16)])
  func everyNumberIsExact(kind: String, cases: Int) throws {
    let validation = try validate("conv-2023.\(kind).jsonl.zst")
    #expect(validation.cases == cases)
    #expect(validation.compared > 3000)
    #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
  }
}

private func validate(_ name: String) throws -> VectorValidation {
  let data = try Fixture.data(name, folder: "../../vectors")
  return try VectorValidation(checking: data, file: name)
}
