import Accelerator
import Foundation
import TestSupport
import Testing

// Do the recurrences agree with the recorded hardware, and not only with the simulation beside them?
@Suite struct Hybrid2024ClosedFormTests {
  /// A recorded layer, read here anew: nothing of the validation stands between the two.
  private struct Layer: Decodable {
    struct Config: Decodable {
      let timeSteps, inputChannels, outputChannels, kernel, inputWidth, outputWidth: Int?
      let processingElements, encoderWidth, listCapacity, frameSize, neurons, variant: Int?
    }
    /// Dense layers are recorded under the letters of their parameters.
    struct DenseConfig: Decodable {
      let timeSteps, inputChannels, outputChannels, kernel, width: Int

      enum CodingKeys: String, CodingKey {
        case timeSteps = "T"
        case inputChannels = "IC"
        case outputChannels = "OC"
        case kernel = "K"
        case width = "W"
      }
    }
    struct Expected: Decodable {
      let loaded: UInt64?
      let bursts: [[UInt64]]?
      let activations: Spans?
      let weightReads: UInt64?
      let neverFinishes: Bool?
    }
    /// First and last cycles of sweeps, or the cycles of activations.
    enum Spans: Decodable {
      case spans([[UInt64]])
      case cycles([UInt64])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do { self = .spans(try container.decode([[UInt64]].self)) } catch {
          self = .cycles(try container.decode([UInt64].self))
        }
      }

      var count: Int {
        switch self {
        case .spans(let spans): spans.count
        case .cycles(let cycles): cycles.count
        }
      }
    }
    /// Counts of frames in a nesting of any depth.
    struct Counts: Decodable {
      let flat: [UInt32]

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(UInt32.self) {
          flat = [number]
        } else {
          flat = try container.decode([Counts].self).flatMap(\.flat)
        }
      }
    }
    let kind: String
    let config: Config
    let dense: DenseConfig?
    let counts: Counts?
    let expect: Expected

    enum CodingKeys: CodingKey { case kind, config, counts, expect }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      kind = try container.decode(String.self, forKey: .kind)
      config = try container.decode(Config.self, forKey: .config)
      dense =
        kind == "dense" ? try container.decode(DenseConfig.self, forKey: .config) : nil
      counts = try container.decodeIfPresent(Counts.self, forKey: .counts)
      expect = try container.decode(Expected.self, forKey: .expect)
    }
  }

  private struct Vector: Decodable {
    struct Start: Decodable { let first: UInt64 }
    let id: String
    let start: Start
    let layers: [Layer]
  }

  private func geometry(_ layer: Layer) throws -> Hybrid2024Layer {
    let config = layer.config
    switch layer.kind {
    case "conv":
      let (input, output) = (try #require(config.inputWidth), try #require(config.outputWidth))
      return .convolution(
        ConvolutionGeometry(
          timeSteps: try #require(config.timeSteps),
          inputChannels: try #require(config.inputChannels),
          outputChannels: try #require(config.outputChannels),
          kernel: try #require(config.kernel), inputPixels: input * input,
          outputPixels: output * output,
          processingElements: try #require(config.processingElements),
          encoderWidth: try #require(config.encoderWidth),
          listCapacity: try #require(config.listCapacity)))
    case "fc":
      return .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: try #require(config.timeSteps),
          inputChannels: try #require(config.inputChannels),
          frameSize: try #require(config.frameSize), neurons: try #require(config.neurons),
          processingElements: try #require(config.processingElements),
          encoderWidth: try #require(config.encoderWidth), listCapacity: 1,
          variant: config.variant == 1 ? .fc1 : .fc2))
    default:
      let dense = try #require(layer.dense)
      return .dense(
        DenseGeometry(
          timeSteps: dense.timeSteps, inputChannels: dense.inputChannels,
          outputChannels: dense.outputChannels, kernel: dense.kernel,
          pixels: dense.width * dense.width))
    }
  }

  @Test(arguments: [
    ("conv", 122), ("fc", 60), ("chain", 109), ("dense", 12), ("large", 2),
  ])
  func layersMeetTheRecordings(kind: String, layers: Int) throws {
    let text = try Fixture.data("hybrid-2024.\(kind).jsonl.zst", folder: "../../vectors")
    var checked = 0
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let vector = try JSONDecoder().decode(Vector.self, from: Data(line))
      var start: UInt64? = vector.start.first
      for layer in vector.layers {
        defer { start = layer.expect.loaded }
        guard layer.expect.neverFinishes != true, let began = start,
          let loaded = layer.expect.loaded
        else { continue }
        let counts = layer.counts?.flat ?? []
        let geometry = try geometry(layer)
        // A layer of a chain may start before its input is complete, and then reads other frames in
        // each phase.
        if case .convolution(let convolution) = geometry {
          let frames = convolution.timeSteps * convolution.inputChannels
          let first = counts.prefix(frames)
          let isRepeated = stride(from: 0, to: counts.count, by: frames).allSatisfy {
            counts[$0...].prefix(frames).elementsEqual(first)
          }
          guard isRepeated else { continue }
        }
        let outcome = Hybrid2024ClosedForm.outcome(of: geometry, counts: counts)
        #expect(loaded == began + outcome.cycles, "\(vector.id)")
        if let activations = layer.expect.activations {
          #expect(activations.count == Int(outcome.activations), "\(vector.id)")
        }
        if let bursts = layer.expect.bursts {
          #expect(bursts.reduce(0) { $0 + $1[1] + 1 - $1[0] } == outcome.accumulateCycles)
        }
        if let reads = layer.expect.weightReads { #expect(reads == outcome.accumulateCycles) }
        checked += 1
      }
    }
    #expect(checked == layers)
  }
}
