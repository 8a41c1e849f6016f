/// For every input pixel of a convolution, the output pixels that it reaches and through which tap.
///
/// Made once per layer, so that stride and padding cost the kernels nothing.
package struct ConnectionTable: Sendable {
  /// One way from an input pixel to an output pixel.
  struct Connection: Sendable {
    /// `row * kernelWidth + column` within the kernel.
    var tap: Int32
    /// `row * outputWidth + column` within the output frame.
    var outputPixel: Int32
  }

  /// `connections[starts[p] ..< starts[p + 1]]` belong to input pixel `p`.
  let starts: [Int32]
  let connections: [Connection]

  package init(_ geometry: ConnectionGeometry) {
    var starts: [Int32] = [0]
    var connections: [Connection] = []
    starts.reserveCapacity(geometry.inputHeight * geometry.inputWidth + 1)
    for row in 0..<geometry.inputHeight {
      for column in 0..<geometry.inputWidth {
        for kernelRow in 0..<geometry.kernelHeight {
          guard
            let outputRow = Self.output(
              row + geometry.padding - kernelRow, geometry.stride, geometry.outputHeight)
          else { continue }
          for kernelColumn in 0..<geometry.kernelWidth {
            guard
              let outputColumn = Self.output(
                column + geometry.padding - kernelColumn, geometry.stride, geometry.outputWidth)
            else { continue }
            connections.append(
              Connection(
                tap: Int32(kernelRow * geometry.kernelWidth + kernelColumn),
                outputPixel: Int32(outputRow * geometry.outputWidth + outputColumn)))
          }
        }
        starts.append(Int32(connections.count))
      }
    }
    self.starts = starts
    self.connections = connections
  }

  private static func output(_ strided: Int, _ stride: Int, _ extent: Int) -> Int? {
    guard strided >= 0, strided % stride == 0 else { return nil }
    let position = strided / stride
    return position < extent ? position : nil
  }
}
