import BenchmarkSupport
import CDNNLReference

/// What one core of this machine can do, measured at the time.
struct Ceilings {
  /// Giga floating-point operations a second of oneDNN's matrix product of 512 x 2048 x 512.
  let arithmetic: Double
  /// Gigabytes a second read and written by a copy of 64 MiB.
  let memory: Double

  init() {
    let (rows, inner, columns) = (512, 2048, 512)
    let left = [Float](repeating: 0.5, count: rows * inner)
    let right = [Float](repeating: 0.25, count: inner * columns)
    var product = [Float](repeating: 0, count: rows * columns)
    let multiplied = Measurement.of(runs: 7) {
      dnnl_sgemm(
        CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "N")), Int64(rows), Int64(columns),
        Int64(inner), 1, left, Int64(inner), right, Int64(columns), 0, &product, Int64(columns))
    }
    arithmetic = 2 * Double(rows * inner * columns) / multiplied.minimum / 1e9
    let source = [Float](repeating: 1, count: 1 << 24)
    var target = source
    let copied = Measurement.of(runs: 7) {
      target.withUnsafeMutableBufferPointer { target in
        source.withUnsafeBufferPointer { source in _ = target.update(fromContentsOf: source) }
      }
    }
    memory = 2 * Double(source.count) * 4 / copied.minimum / 1e9
  }
}
