import Accelerator
import TestSupport

/// Networks and spike counts of every kind that the published hardware can finish.
enum RandomNetwork {
  static func make(
    using random: inout SeededGenerator
  ) -> (layers: [LayerGeometry], counts: [[UInt32]]) {
    let timeSteps = Int.random(in: 1...6, using: &random)
    var layers: [LayerGeometry] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      layers.append(.convolution(convolution(timeSteps: timeSteps, using: &random)))
    }
    for position in 0..<Int.random(in: layers.isEmpty ? 1...2 : 0...2, using: &random) {
      layers.append(
        .fullyConnected(
          fullyConnected(
            timeSteps: timeSteps, variant: position == 0 ? .fc1 : .fc2, using: &random)))
    }
    return (layers, layers.map { counts(of: $0, using: &random) })
  }

  private static func convolution(
    timeSteps: Int, using random: inout SeededGenerator
  ) -> ConvolutionGeometry {
    let kernel = Int.random(in: 1...5, using: &random)
    let width = Int.random(in: kernel + 1...kernel + 9, using: &random)
    let output = width - kernel + 1
    let elements = Int.random(in: 1...6, using: &random)
    let pixels = width * width
    return ConvolutionGeometry(
      timeSteps: timeSteps, inputChannels: Int.random(in: 1...4, using: &random),
      outputChannels: elements * Int.random(in: 1...3, using: &random), kernel: kernel,
      inputPixels: pixels, outputPixels: output * output, processingElements: elements,
      encoderWidth: Int.random(in: (pixels + 7) / 8...pixels, using: &random).clamped(from: 12),
      listCapacity: Int.random(in: 1...pixels, using: &random))
  }

  private static func fullyConnected(
    timeSteps: Int, variant: FullyConnectedGeometry.Variant, using random: inout SeededGenerator
  ) -> FullyConnectedGeometry {
    let elements = Int.random(in: 1...8, using: &random)
    return FullyConnectedGeometry(
      timeSteps: timeSteps, inputChannels: Int.random(in: 1...8, using: &random),
      frameSize: Int.random(in: 1...90, using: &random),
      neurons: Int.random(in: elements...60, using: &random), processingElements: elements,
      encoderWidth: Int.random(in: 1...160, using: &random),
      listCapacity: Int.random(in: 1...300, using: &random), variant: variant)
  }

  private static func counts(
    of layer: LayerGeometry, using random: inout SeededGenerator
  ) -> [UInt32] {
    let densities = [0, 0.02, 0.1, 0.3, 1]
    let density = densities.randomElement(using: &random) ?? 0
    return (0..<layer.framesPerPhase).map { _ in
      let frame = Bool.random(using: &random) ? density : density / 10
      return UInt32(Double(layer.largestFrame) * frame * Double.random(in: 0...1, using: &random))
    }
  }
}

extension Int {
  fileprivate func clamped(from lowest: Int) -> Int { Swift.max(self, lowest) }
}
