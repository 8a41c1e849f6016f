import SpikeTraces

extension LayerShape {
  /// Whether the shape is positive and small enough to compute with.
  var isSound: Bool {
    let limit = 1 << 20
    return [channels, height, width].allSatisfy { 1...limit ~= $0 } && neurons <= 1 << 30
  }
}

/// What stands before a layer, as its hardware sees it.
struct Predecessor {
  /// The shape of the boundary between the two.
  let shape: LayerShape
  /// Bits of one row of the spike RAM between the two.
  let rowBits: Int
  let isFullyConnected: Bool

  /// The network's input.
  init(_ input: LayerShape) {
    shape = input
    rowBits = input.pixels
    isFullyConnected = false
  }

  /// A layer.
  init(_ layer: TracedLayer) {
    shape = layer.output
    switch layer.operation {
    case .convolution(_, _, _, let convolved, let pooling, _):
      // The published writer pools by an OR of pooling² consecutive bits of the row-major frame, not of
      // a square window, and so keeps no border back: 13 x 13 pixels pooled by 2 leave a row of
      // floor(169 / 4) = 42 bits although the network has 6 x 6 = 36 pixels. The encoder of a fully
      // connected layer scans all of them.
      rowBits = convolved.pixels / max(pooling * pooling, 1)
      isFullyConnected = false
    case .fullyConnected:
      rowBits = layer.output.neurons
      isFullyConnected = true
    }
  }
}
