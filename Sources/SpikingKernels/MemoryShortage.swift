/// The system has no memory for what a run needs.
package struct MemoryShortage: Error, Hashable {
  /// What was asked for in one piece; nil if it is more than any machine addresses.
  package let bytes: Int?

  /// The amount as messages say it: `3.2 GiB`.
  package var amount: String {
    guard let bytes else { return "more than any machine has" }
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"]
    var (value, unit) = (Double(bytes), 0)
    while value >= 1024, unit < units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
    return unit == 0 ? "\(bytes) bytes" : "\((10 * value).rounded() / 10) \(units[unit])"
  }
}
