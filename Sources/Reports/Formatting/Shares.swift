/// Parts of a whole as tenths of a percent that add up to exactly 100.0 %.
///
/// Rounding each part on its own makes a column add up to 99.9 or 100.1, and a reader look for the
/// missing cycles. Here the parts are rounded down and the remaining tenths go to the parts with the
/// largest remainders (Hamilton's method); of equal remainders the first part wins.
public enum Shares {
  /// The shares of `parts` in their sum, in tenths of a percent.
  ///
  /// The result adds up to 1,000, or is all zero if the parts are.
  public static func permille(_ parts: [UInt64]) -> [Int] {
    var whole: UInt64 = 0
    for part in parts {
      let (sum, overflow) = whole.addingReportingOverflow(part)
      // Beyond 2^64 cycles (six thousand years at 100 MHz) only the ratio is of interest.
      if overflow { return permille(parts.map { $0 >> 16 }) }
      whole = sum
    }
    guard whole > 0 else { return parts.map { _ in 0 } }
    var shares: [Int] = []
    var remainders: [(index: Int, remainder: UInt64)] = []
    for (index, part) in parts.enumerated() {
      let product = part.multipliedFullWidth(by: 1000)
      let (quotient, remainder) = whole.dividingFullWidth(product)
      shares.append(Int(quotient))
      remainders.append((index, remainder))
    }
    let missing = 1000 - shares.reduce(0, +)
    let order = remainders.sorted { ($0.remainder, $1.index) > ($1.remainder, $0.index) }
    for entry in order.prefix(missing) { shares[entry.index] += 1 }
    return shares
  }

  /// A share in tenths of a percent as text: `613` is `61.3 %`.
  public static func text(_ permille: Int) -> String {
    "\(permille / 10).\(permille % 10) %"
  }
}
