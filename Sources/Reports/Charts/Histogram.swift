/// How many values fall into each of some bins of equal width, in whole numbers.
package struct Histogram {
  /// Where the first bin begins.
  package let first: UInt64
  /// How wide a bin is, at least 1.
  package let width: UInt64
  /// Values in each bin.
  package let counts: [Int]

  /// Counts values.
  ///
  /// - Parameters:
  ///   - values: the values; none makes no bins.
  ///   - bins: bins at most, at least 1.
  package init(_ values: [UInt64], bins: Int) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let width = (high - low) / UInt64(max(bins, 1)) + 1
    var counts = Array(repeating: 0, count: values.isEmpty ? 0 : Int((high - low) / width) + 1)
    for value in values { counts[Int((value - low) / width)] += 1 }
    self.first = low
    self.width = width
    self.counts = counts
  }

  /// The first value of a bin.
  package func start(of bin: Int) -> UInt64 { first + UInt64(bin) * width }
}
