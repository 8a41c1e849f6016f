import Accelerator
import Foundation
import TestSupport
import Testing

@Suite struct PlatformsCommandTests {
  @Test func allPlatformsAreListed() throws {
    let result = try LockstepProgram().run(["platforms"])
    #expect(result.status == 0 && result.errors.isEmpty)
    for platform in HardwarePlatform.allCases {
      #expect(result.output.contains(platform.rawValue))
    }
  }

  @Test(arguments: HardwarePlatform.allCases)
  func everythingDeclaredIsShown(platform: HardwarePlatform) throws {
    let program = try LockstepProgram()
    let wide = ["COLUMNS": "1000"]
    let brief = try program.run(["platforms", platform.rawValue], environment: wide)
    let full = try program.run(["platforms", platform.rawValue, "--explain"], environment: wide)
    #expect(brief.status == 0 && full.status == 0)
    let description = platform.model.description
    #expect(!description.components.isEmpty && !description.quirks.isEmpty)
    for component in description.components {
      for parameter in component.parameters { #expect(brief.output.contains(parameter.key)) }
      for engine in component.engines {
        #expect(brief.output.contains(engine.name))
        for state in engine.states { #expect(full.output.contains(state.explanation)) }
      }
    }
    for quirk in description.quirks {
      #expect(brief.output.contains(quirk.name) && full.output.contains(quirk.repair))
    }
    for statistic in description.statistics { #expect(full.output.contains(statistic.explanation)) }
    let json = try program.run(["platforms", platform.rawValue, "--json"]).output
    let read = try JSONDecoder().decode([PlatformDescription].self, from: Data(json.utf8))
    #expect(read == [description])
  }

  @Test func unknownPlatforms() throws {
    let result = try LockstepProgram().run(["platforms", "conv-2032"])
    #expect(result.status == 64 && result.output.isEmpty)
  }

  // The list of statistics is that of the fields.
  @Test func statisticsAreTheFieldsOfTheCounters() throws {
    let data = try JSONEncoder().encode(LayerCounters())
    let fields = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(LayerCounters.statistics.map(\.name).sorted() == fields.keys.sorted())
  }

  // Every section that a quirk names is a heading of the platform's page.
  @Test(arguments: HardwarePlatform.allCases)
  func sectionsExist(platform: HardwarePlatform) throws {
    let description = platform.model.description
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent(description.document), encoding: .utf8)
    for quirk in description.quirks {
      #expect(
        page.split(separator: "\n").contains {
          $0.hasPrefix("#") && $0.hasSuffix(" " + quirk.section)
        },
        "\(quirk.name): \(quirk.section)")
    }
  }
}
