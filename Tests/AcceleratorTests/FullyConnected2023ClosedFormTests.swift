import Accelerator
import Foundation
import TestSupport
import Testing

// Do the recurrences agree with the recorded simulator, and not only with the simulation beside them?
@Suite struct FullyConnected2023ClosedFormTests {
  /// A recording, read here anew: nothing of the validation stands between the two.
  private struct Vector: Decodable {
    struct Layer: Decodable {
      struct Config: Decodable {
        let inputs, timeSteps: Int
        let neurons, lhr: [Int]
      }
      struct Line: Decodable {
        let cycle: UInt64
        let kind: String
        let spikes: UInt32
        let step: Int

        init(from decoder: any Decoder) throws {
          var values = try decoder.unkeyedContainer()
          cycle = try values.decode(UInt64.self)
          kind = try values.decode(String.self)
          spikes = try values.decode(UInt32.self)
          step = try values.decode(Int.self)
        }
      }
      struct Expected: Decodable {
        let log: [Line]
        let end: UInt64?
        let neverFinishes: Bool
      }
      let config: Config
      let expect: Expected
    }
    let id: String
    let layers: [Layer]
  }

  @Test func pipelinesMeetTheRecordings() throws {
    let text = try Fixture.data("fc-2023.pipeline.jsonl.zst", folder: "../../vectors")
    let lines = text.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 89)
    for line in lines {
      let vector = try JSONDecoder().decode(Vector.self, from: Data(line))
      let (config, expected) = (vector.layers[0].config, vector.layers[0].expect)
      let model = FullyConnected2023(
        PipelineGeometry(
          inputs: config.inputs, neurons: config.neurons, logicalToHardwareRatios: config.lhr,
          timeSteps: config.timeSteps))
      // The log names the time step of every arrival.
      var counts = config.neurons.map { _ in [UInt32](repeating: 0, count: config.timeSteps) }
      for layer in counts.indices {
        let kind = layer == 0 ? "in" : "l\(layer - 1)"
        for line in expected.log where line.kind == kind { counts[layer][line.step] = line.spikes }
      }
      guard let end = expected.end else {
        #expect(expected.neverFinishes)
        #expect(throws: ConfigurationError.self) { try model.closedForm(counts: counts) }
        #expect(throws: ConfigurationError.self) { try model.simulator().replay(counts: counts) }
        continue
      }
      let closed = try model.closedForm(counts: counts)
      #expect(closed.latency == end, "\(vector.id)")
      let sample = try model.simulator().replay(counts: counts)
      #expect(closed.difference(from: sample)?.description == nil, "\(vector.id)")
    }
  }
}
