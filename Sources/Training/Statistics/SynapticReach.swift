import SpikingKernels
import SpikingNetworks

/// How many connections an input of a layer has: the additions that one spike of it costs.
///
/// A pixel of a convolution's input reaches the output pixels whose window covers it, in every output
/// channel. At borders, and with strides, these are fewer than kernel height times kernel width; they
/// are counted pixel by pixel.
struct SynapticReach {
  /// Connections of an input, `[row][column]`, the same for every input channel.
  private let connections: [Int]
  private let channels: Int
  private let frames: Int

  init(_ geometry: ConnectionGeometry, timeSteps: Int) {
    func reach(_ extent: Int, _ outputs: Int, _ kernel: Int) -> [Int] {
      (0..<extent).map { place in
        (0..<outputs).count { output in
          0..<kernel ~= place + geometry.padding - output * geometry.stride
        }
      }
    }
    let rows = reach(geometry.inputHeight, geometry.outputHeight, geometry.kernelHeight)
    let columns = reach(geometry.inputWidth, geometry.outputWidth, geometry.kernelWidth)
    connections = rows.flatMap { row in columns.map { row * $0 * geometry.outputChannels } }
    channels = geometry.inputChannels
    frames = timeSteps
  }

  /// Operations of one sample if every input were active at every step: the dense
  /// multiply-accumulates.
  var denseOperations: Int { frames * channels * connections.reduce(0, +) }

  /// Operations of one sample: the connections of all its inputs that are not zero.
  ///
  /// - Parameter input: `[time step][row][column][channel]`.
  /// - Returns: the sum over steps and inputs.
  func operations(_ input: UnsafePointer<Float>) -> Int {
    var total = 0
    var start = input
    for _ in 0..<frames {
      for pixel in connections.indices {
        var active = 0
        for channel in 0..<channels where start[channel] != 0 { active &+= 1 }
        total &+= active &* connections[pixel]
        start += channels
      }
    }
    return total
  }
}
