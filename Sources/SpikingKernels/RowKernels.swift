/// Arithmetic on rows of consecutive floats, the inner loops of everything else.
///
/// Multiplication and addition stay separate instructions: fused ones would round differently on
/// machines that have them, and the same seed must give the same weights everywhere.
enum RowKernels {
  /// `target += scale * source`, element by element.
  @inline(__always)
  static func addScaled(
    _ source: UnsafePointer<Float>, scale: Float, count: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    let from = UnsafeRawPointer(source)
    let into = UnsafeMutableRawPointer(target)
    let factor = SIMD8<Float>(repeating: scale)
    var index = 0
    while index &+ 8 <= count {
      let offset = index &* 4
      let product = factor * from.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
      let sum = into.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self) + product
      into.storeBytes(of: sum, toByteOffset: offset, as: SIMD8<Float>.self)
      index &+= 8
    }
    while index < count {
      target[index] += scale * source[index]
      index &+= 1
    }
  }

  /// `target += source`, element by element.
  @inline(__always)
  static func add(
    _ source: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count { target[index] += source[index] }
  }
}
