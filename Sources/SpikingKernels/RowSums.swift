/// Sums over long rows.
package enum RowSums {
  /// `target += source`, element by element.
  package static func add(
    _ source: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    RowKernels.add(source, count: count, to: target)
  }

  /// The number of spikes in a block of zeros and ones; smooth spikes count above one half, which is
  /// where the membrane is above the threshold.
  package static func spikes(_ block: UnsafePointer<Float>, count: Int) -> Int {
    var total = 0
    for index in 0..<count where block[index] > 0.5 { total &+= 1 }
    return total
  }
}
