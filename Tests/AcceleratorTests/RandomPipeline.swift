import Accelerator
import TestSupport

/// Pipelines of platform fc-2023 with random parameters and spikes.
enum RandomPipeline {
  /// - Parameters:
  ///   - emptySteps: whether the input has time steps without spikes.
  ///   - random: the source of randomness.
  /// - Returns: a checked geometry, and spikes of every boundary, the last one included.
  static func make(
    emptySteps: Bool, using random: inout SeededGenerator
  ) -> (PipelineGeometry, [[UInt32]]) {
    let layers = Int.random(in: 1...5, using: &random)
    let ratios = [1, 1, 2, 3, 5, 63, 64, 65, 128]
    let geometry = PipelineGeometry(
      inputs: Int.random(in: 1...8, using: &random),
      neurons: (0..<layers).map { _ in Int.random(in: 1...8, using: &random) },
      logicalToHardwareRatios: (0..<layers).map { _ in ratios.randomElement(using: &random) ?? 1 },
      timeSteps: Int.random(in: 1...10, using: &random))
    let spikes = (0...layers).map { boundary in
      (0..<geometry.timeSteps).map { _ in
        let largest = UInt32(geometry.largestFrame(of: boundary))
        if emptySteps, Int.random(in: 0..<2, using: &random) == 0 { return UInt32(0) }
        return UInt32.random(
          in: boundary == 0 && !emptySteps ? 1...largest : 0...largest, using: &random)
      }
    }
    return (geometry, spikes)
  }
}
