import Accelerator
import Foundation
import TestSupport
import Testing

// Do the recurrences agree with the recorded hardware, and not only with the simulation beside them?
@Suite struct Conv2023ClosedFormTests {
  /// A recording, read here anew: nothing of the validation stands between the two.
  private struct Vector: Decodable {
    struct Start: Decodable { let at: [UInt64] }
    struct Layer<Config: Decodable, Counts: Decodable, Expected: Decodable>: Decodable {
      let config: Config
      let counts: Counts
      let expect: Expected
    }
    let start: Start
  }

  private struct Convolutions: Decodable {
    struct Config: Decodable {
      let timeSteps, inputChannels, outputChannels, kernel, inputWidth, outputWidth: Int
      let processingElements, encoderWidth, listCapacity: Int
    }
    struct Expected: Decodable {
      let loaded: [UInt64]
      let activations: [[UInt64]]
      let accumulateEnables: UInt64
    }
    let layers: [Vector.Layer<Config, [[[UInt32]]], Expected>]
  }

  private struct FullyConnected: Decodable {
    struct Config: Decodable {
      let timeSteps, inputChannels, frameSize, neurons: Int
      let processingElements, encoderWidth, listCapacity: Int
    }
    struct Expected: Decodable {
      let loaded: UInt64
      let accumulateEnables: UInt64
    }
    let layers: [Vector.Layer<Config, [UInt32], Expected>]
  }

  private func lines(_ kind: String) throws -> [(data: Data, start: UInt64)] {
    let text = try Fixture.data("conv-2023.\(kind).jsonl.zst", folder: "../../vectors")
    return try text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let starts = try JSONDecoder().decode(Vector.self, from: Data(line)).start.at
      // Recordings of several images list their frames one after another.
      return starts.count == 1 ? (Data(line), starts[0]) : nil
    }
  }

  @Test func convolutionsMeetTheRecordings() throws {
    let recordings = try lines("conv")
    #expect(recordings.count == 61)
    for (data, start) in recordings {
      let layer = try JSONDecoder().decode(Convolutions.self, from: data).layers[0]
      let config = layer.config
      let phases = layer.counts.map { $0.flatMap(\.self) }
      // A layer that is recorded alone reads the same frames in every phase.
      #expect(phases.allSatisfy { $0 == phases[0] })
      let outcome = Conv2023ClosedForm.outcome(
        of: .convolution(
          ConvolutionGeometry(
            timeSteps: config.timeSteps, inputChannels: config.inputChannels,
            outputChannels: config.outputChannels, kernel: config.kernel,
            inputPixels: config.inputWidth * config.inputWidth,
            outputPixels: config.outputWidth * config.outputWidth,
            processingElements: config.processingElements, encoderWidth: config.encoderWidth,
            listCapacity: config.listCapacity)), counts: phases[0])
      #expect(layer.expect.loaded == [start + outcome.cycles])
      #expect(layer.expect.activations.count == Int(outcome.activations))
      #expect(layer.expect.accumulateEnables == outcome.accumulateCycles)
    }
  }

  @Test func fullyConnectedLayersMeetTheRecordings() throws {
    let recordings = try lines("fc")
    #expect(recordings.count == 36)
    for (data, start) in recordings {
      let layer = try JSONDecoder().decode(FullyConnected.self, from: data).layers[0]
      let config = layer.config
      let outcome = Conv2023ClosedForm.outcome(
        of: .fullyConnected(
          FullyConnectedGeometry(
            timeSteps: config.timeSteps, inputChannels: config.inputChannels,
            frameSize: config.frameSize, neurons: config.neurons,
            processingElements: config.processingElements, encoderWidth: config.encoderWidth,
            listCapacity: config.listCapacity, variant: .fc1)), counts: layer.counts)
      #expect(layer.expect.loaded == start + outcome.cycles)
      #expect(layer.expect.accumulateEnables == outcome.accumulateCycles)
    }
  }
}
