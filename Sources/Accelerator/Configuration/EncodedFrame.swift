import SpikeTraces

/// What a layer's priority encoder scans at a time: one frame of a boundary, row by row, in chunks.
///
/// A convolution scans one channel of one time step, a single row. A fully connected layer scans all
/// channels of a time step; its rows may hold more bits than there are pixels, and those are never
/// set (docs/hardware/conv-2023.md, "What the published design does wrong").
public struct EncodedFrame: Hashable, Sendable {
  /// Rows of a frame.
  public var rows: Int
  /// Neurons of a row.
  public var pixels: Int
  /// Bits of a row in the spike RAM, no fewer than ``pixels``.
  public var rowBits: Int
  /// Bits of a chunk.
  public var encoderWidth: Int

  /// Creates a description.
  public init(rows: Int, pixels: Int, rowBits: Int, encoderWidth: Int) {
    self.rows = rows
    self.pixels = pixels
    self.rowBits = rowBits
    self.encoderWidth = encoderWidth
  }

  /// Chunks of a frame, the last of which may be narrower.
  public var chunks: Int { ceilingDivision(rows * rowBits, encoderWidth) }

  /// Spikes of every chunk.
  ///
  /// - Parameter planes: the spikes of the boundary that the layer reads.
  /// - Returns: `[time step][frame of the step][chunk]`.
  public func chunkCounts(_ planes: SpikePlanes) -> [UInt32] {
    let neurons = rows * pixels
    let frames = planes.neurons / neurons
    var counts = [UInt32](repeating: 0, count: planes.timeSteps * frames * chunks)
    for timeStep in 0..<planes.timeSteps {
      planes.forEachSpike(timeStep: timeStep) { neuron in
        let (frame, place) = neuron.quotientAndRemainder(dividingBy: neurons)
        let (row, pixel) = place.quotientAndRemainder(dividingBy: pixels)
        let chunk = (row * rowBits + pixel) / encoderWidth
        counts[(timeStep * frames + frame) * chunks + chunk] += 1
      }
    }
    return counts
  }
}

extension LayerGeometry {
  /// What the layer's priority encoder scans at a time.
  ///
  /// - Parameter neurons: neurons whose spikes are scanned together.
  /// - Returns: its rows and chunks.
  func encodedFrame(of neurons: Int) -> EncodedFrame {
    switch self {
    case .convolution(let layer):
      EncodedFrame(
        rows: 1, pixels: neurons, rowBits: layer.inputPixels, encoderWidth: layer.encoderWidth)
    case .fullyConnected(let layer):
      EncodedFrame(
        rows: layer.inputChannels, pixels: neurons / layer.inputChannels,
        rowBits: layer.frameSize, encoderWidth: layer.encoderWidth)
    }
  }
}
