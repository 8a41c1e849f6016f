import Accelerator
import Foundation
import Testing

// Are the worked examples of docs/hardware/fc-2023.md what the simulations compute?
@Suite struct FullyConnectedExampleTests {
  private func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("docs/hardware/fc-2023.md"), encoding: .utf8)
  }

  @Test func thePipelineOfThePage() throws {
    let page = try page()
    let geometry = PipelineGeometry(
      inputs: 8, neurons: [8, 4], logicalToHardwareRatios: [2, 1], timeSteps: 2)
    let choices: [String: Set<FullyConnected2023.Quirk>] = [
      "published": .published, "process-order repaired": [.eightBitWait, .lostEmptySteps],
    ]
    for (name, quirks) in choices {
      let sample = try FullyConnected2023(geometry, quirks: quirks).simulator()
        .replay(counts: [[3, 1], [2, 4]])
      let first = sample.layers[0]
      let hold = first.stateCycles[0][5]
      let row =
        "| \(name) | \(first.cycles) | \(hold) | \(sample.layers[1].start) "
        + "| \(sample.latency) |"
      #expect(page.contains(row), "docs/hardware/fc-2023.md lacks \(row)")
    }
  }

  @Test func theSingleLayerOfThePage() throws {
    let page = try page()
    let geometry = SpikeTrainGeometry(
      inputs: 8, neurons: 4, processingElements: 2, listCapacity: 8, accumulateLatency: 2)
    let choices: [String: Set<FullyConnected2023RTL.Quirk>] = [
      "published": .published, "repaired": .repaired,
    ]
    for (name, quirks) in choices {
      let sample = try FullyConnected2023RTL(geometry, timeSteps: 2, quirks: quirks).simulator()
        .replay(counts: [[3, 1]])
      let additions = sample.layers[0].stateCycles[1][3]
      let row =
        "| \(name) | \(sample.latency) | \(additions) "
        + "| \(sample.layers[0].counters.activations) |"
      #expect(page.contains(row), "docs/hardware/fc-2023.md lacks \(row)")
    }
  }

  @Test func everyQuirkIsOnThePage() throws {
    let page = try page()
    for description in [FullyConnected2023.description, FullyConnected2023RTL.description] {
      for quirk in description.quirks {
        let row = "| `\(quirk.name)` | \(quirk.explanation) | \(quirk.repair) |"
        #expect(page.contains(row), "docs/hardware/fc-2023.md lacks \(row)")
        #expect(page.contains("# \(quirk.section)\n"), "no heading '\(quirk.section)'")
      }
    }
  }
}
