import Accelerator
import TestSupport

/// Networks and spike counts of every kind that platform hybrid-2024 can run.
enum RandomHybrid {
  static func make(
    using random: inout SeededGenerator, quirks: Set<Hybrid2024.Quirk> = .published
  ) -> (layers: [Hybrid2024Layer], counts: [[UInt32]]) {
    let timeSteps = Int.random(in: 1...6, using: &random)
    var layers: [Hybrid2024Layer] = []
    if Int.random(in: 0...3, using: &random) == 0 {
      layers.append(
        .dense(
          DenseGeometry(
            timeSteps: timeSteps, inputChannels: 3,
            outputChannels: Int.random(in: 1...4, using: &random), kernel: 3,
            pixels: Int.random(in: 28...200, using: &random))))
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let layer = RandomConvolution.make(
        timeSteps: timeSteps, narrowEncoders: !quirks.contains(.chunkCounter), using: &random)
      if layer.outputPixels > 1 { layers.append(.convolution(layer)) }
    }
    for position in 0..<Int.random(in: layers.isEmpty ? 1...2 : 0...2, using: &random) {
      let neurons = Int.random(in: 1...40, using: &random)
      let fewest = quirks.contains(.extraPass) ? 2 : 1
      layers.append(
        .fullyConnected(
          FullyConnectedGeometry(
            timeSteps: timeSteps, inputChannels: Int.random(in: 1...8, using: &random),
            frameSize: Int.random(in: 1...90, using: &random), neurons: neurons,
            processingElements: Int.random(in: fewest...50, using: &random),
            encoderWidth: Int.random(in: 1...160, using: &random), listCapacity: 1 << 10,
            variant: position == 0 ? .fc1 : .fc2)))
    }
    let counts = layers.map { layer -> [UInt32] in
      switch layer {
      case .convolution(let geometry):
        RandomConvolution.counts(
          frames: timeSteps * geometry.inputChannels, largest: geometry.inputPixels,
          capacity: geometry.listCapacity, using: &random)
      case .fullyConnected(let geometry):
        RandomConvolution.counts(
          frames: timeSteps, largest: geometry.inputChannels * geometry.frameSize, capacity: 1,
          using: &random)
      case .dense: []
      }
    }
    return (layers, counts)
  }
}

/// Convolutions whose frames, lists and writers meet in every order.
enum RandomConvolution {
  static func make(
    timeSteps: Int, narrowEncoders: Bool, using random: inout SeededGenerator
  ) -> ConvolutionGeometry {
    let width = Int.random(in: 2...8, using: &random)
    let pixels = width * width
    let isSame = Bool.random(using: &random)
    let output = isSame ? width : Int.random(in: 1...width, using: &random)
    let channels = Int.random(in: 1...6, using: &random)
    var encoder = Int.random(in: 1...pixels, using: &random)
    while !narrowEncoders, (pixels + encoder - 1) / encoder > encoder { encoder += 1 }
    return ConvolutionGeometry(
      timeSteps: timeSteps, inputChannels: Int.random(in: 1...3, using: &random),
      outputChannels: channels, kernel: Int.random(in: 1...4, using: &random),
      inputPixels: pixels, outputPixels: output * output,
      processingElements: Int.random(in: 1...(2 * channels), using: &random),
      encoderWidth: encoder, listCapacity: Int.random(in: 1...pixels, using: &random))
  }

  /// Mostly empty frames and single spikes, and those that the spike counter cannot hold.
  static func counts(
    frames: Int, largest: Int, capacity: Int, using random: inout SeededGenerator
  ) -> [UInt32] {
    let density = [0, 1, 2, 5, largest].randomElement(using: &random) ?? 0
    return (0..<frames).map { _ in
      let count =
        Bool.random(using: &random)
        ? Int.random(in: 0...min(density, largest), using: &random)
        : [0, 0, 1, 2, capacity].randomElement(using: &random) ?? 0
      return UInt32(min(count, largest))
    }
  }
}
