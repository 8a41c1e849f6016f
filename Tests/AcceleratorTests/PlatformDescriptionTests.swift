import Accelerator
import Foundation
import Testing

// Does each platform describe itself, and does its page say the same?
@Suite struct PlatformDescriptionTests {
  @Test(arguments: HardwarePlatform.allCases)
  func thePageHasEveryQuirk(_ platform: HardwarePlatform) throws {
    let description = platform.model.description
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent(description.document), encoding: .utf8)
    let table = ([PlatformDescription.Quirk.markdownHead] + description.quirks.map(\.markdownRow))
      .joined(separator: "\n")
    #expect(page.contains(table), "\(description.document) lacks this table:\n\(table)")
    for quirk in description.quirks {
      #expect(page.contains("# \(quirk.section)\n"), "no heading \(quirk.section)")
    }
    #expect(!description.valueQuirks.isEmpty && !description.components.isEmpty)
  }

  @Test(arguments: HardwarePlatform.allCases)
  func everyComponentStatesItsCosts(_ platform: HardwarePlatform) {
    for component in platform.model.description.components {
      #expect(component.parameters.contains { $0.key == "kind" })
      for engine in component.engines {
        for state in engine.states where state.activity == .busy {
          #expect(state.explanation.contains("cycle"), "\(engine.name), \(state.name)")
        }
      }
    }
  }
}
