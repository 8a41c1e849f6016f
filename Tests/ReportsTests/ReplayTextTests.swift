import Accelerator
import Foundation
import Reports
import SpikeTraces
import TestSupport
import Testing

// Do the tables speak of what a platform has, and of nothing that it does not have?
@Suite struct ReplayTextTests {
  private func text(
    _ hardware: String, header: TraceHeader, engine: ReplayEngine = .event
  ) async throws -> String {
    let folder = try TemporaryFolder()
    let path = try RandomTrace.write(samples: 4, to: folder.path("t.spikes"), header: header)
    let file = try HardwareFile(data: Data(hardware.utf8), path: "x.yaml")
    let replay = try TraceReplay(of: TraceReader(path: path), on: file)
    return try await replay.report(threads: 1, engine: engine)
      .text(TextStyle(width: 400), showsStates: true)
  }

  private static let pipeline = """
    platform: fc-2023
    clock: 100 MHz
    layers:
      - {kind: fully-connected, logical-to-hardware-ratio: 4}
      - {kind: fully-connected, logical-to-hardware-ratio: 1}

    """

  @Test func layersInTurnHaveEncoders() async throws {
    let text = try await text(RandomTrace.hardware, header: RandomTrace.header)
    #expect(text.contains("the layers work one after the other"))
    #expect(text.contains(" of that time: speed it up first."))
    #expect(text.contains("chunk filled") && text.contains("passes"))
    #expect(!text.contains("neurons/PE"))
  }

  @Test(arguments: [ReplayEngine.event, .closed])
  func pipelinesOverlapAndHaveNone(engine: ReplayEngine) async throws {
    let text = try await text(
      Self.pipeline, header: RandomTrace.fullyConnected([32, 10]), engine: engine)
    #expect(text.contains("on different time steps"))
    #expect(!text.contains("one after the other"))
    #expect(text.contains("fc1 works ") && text.contains("speed it up first"))
    #expect(text.contains("neurons/PE") == (engine != .closed) && !text.contains("chunk"))
    #expect(text.contains("for the buffer behind the layer to be free") == (engine == .event))
  }

  @Test func aSingleLayerHasNoBottleneck() async throws {
    let file = """
      platform: fc-2023-rtl
      clock: 100 MHz
      quirks: [published, -empty-train-hangs]
      layers: [{name: fc2, kind: fully-connected, processing-elements: 3, list-capacity: 33}]

      """
    let text = try await text(file, header: RandomTrace.fullyConnected([32, 10]))
    #expect(text.contains("fc2") && !text.contains("fc1"))
    #expect(!text.contains("speed it up first") && !text.contains("chunk"))
    #expect(text.contains("additions are lost"))
  }
}
