import Accelerator
import CZstdReference
import Foundation

/// The largest recording: the first two convolution layers of platform hybrid-2024 at the size of the
/// published network, 64 x 64 pixels, 2 -> 64 -> 28 channels, five time steps.
struct LargeVector {
  /// Cycles that were recorded: until the whole accelerator rests.
  static let recordedCycles = 335_831
  /// Seconds that the compiled register-transfer code takes for it: 45,000 cycles a second.
  static let registerTransferSeconds = 7.5

  let model: Hybrid2024
  let counts: [[UInt32]]
  /// The completion signal of the last layer, counted from the start signal.
  let latency: UInt64

  private struct Recording: Decodable {
    struct Start: Decodable { let first: UInt64 }
    struct Layer: Decodable {
      struct Config: Decodable {
        let timeSteps, inputChannels, outputChannels, kernel, inputWidth, outputWidth: Int
        let processingElements, encoderWidth, listCapacity: Int
      }
      struct Expected: Decodable { let loaded: UInt64 }
      let config: Config
      let counts: [[[UInt32]]]
      let expect: Expected
    }
    let start: Start
    let layers: [Layer]
  }

  /// Reads the recording.
  ///
  /// - Parameter path: `vectors/hybrid-2024.large.jsonl.zst`.
  /// - Throws: what reading and decoding throw.
  init(path: String) throws {
    let packed = try Data(contentsOf: URL(fileURLWithPath: path))
    var text = Data(count: 1 << 24)
    let size = text.withUnsafeMutableBytes { target in
      packed.withUnsafeBytes { source in
        ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
      }
    }
    precondition(ZSTD_isError(size) == 0, "\(path) is damaged")
    let recording = try JSONDecoder().decode(Recording.self, from: text.prefix(size))
    model = Hybrid2024(
      layers: recording.layers.map { layer in
        let config = layer.config
        return .convolution(
          ConvolutionGeometry(
            timeSteps: config.timeSteps, inputChannels: config.inputChannels,
            outputChannels: config.outputChannels, kernel: config.kernel,
            inputPixels: config.inputWidth * config.inputWidth,
            outputPixels: config.outputWidth * config.outputWidth,
            processingElements: config.processingElements, encoderWidth: config.encoderWidth,
            listCapacity: config.listCapacity))
      })
    // Both layers work in one phase.
    counts = recording.layers.map { $0.counts[0].flatMap(\.self) }
    latency = (recording.layers.last?.expect.loaded ?? 0) - recording.start.first
  }
}
