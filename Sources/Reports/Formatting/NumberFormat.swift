/// How numbers look in our reports: the same on every machine, whatever its locale.
public enum NumberFormat {
  /// A whole number with thousands separators: `1,234,567`.
  public static func count(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var grouped = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { grouped.append(",") }
      grouped.append(digit)
    }
    return value < 0 ? "-" + grouped : grouped
  }

  /// A number with a fixed count of decimals and thousands separators: `1,234.5`.
  ///
  /// Values that are not finite or have more than 15 integer digits are written in plain Swift
  /// notation.
  public static func decimal(_ value: Double, places: Int) -> String {
    let scale = powerOfTen(places)
    guard value.isFinite, abs(value) * scale < 1e15 else { return "\(value)" }
    let scaled = Int64((abs(value) * scale).rounded())
    let unit = Int64(scale)
    var text = count(scaled / unit)
    if places > 0 {
      let fraction = String(scaled % unit)
      text += "." + String(repeating: "0", count: places - fraction.count) + fraction
    }
    return value < 0 && scaled != 0 ? "-" + text : text
  }

  /// A number with three significant digits where that needs decimals, else whole: `0.123`, `41.2`,
  /// `1,234`.
  public static func significant(_ value: Double) -> String {
    let size = abs(value)
    if size >= 99.95 || size == 0 { return decimal(value, places: 0) }
    if size >= 9.995 { return decimal(value, places: 1) }
    if size >= 0.9995 { return decimal(value, places: 2) }
    return decimal(value, places: 3)
  }

  /// A share of one as a percentage with one decimal: `61.3 %`.
  public static func percent(_ share: Double) -> String { decimal(share * 100, places: 1) + " %" }

  /// A frequency in the unit that fits it: `100 MHz`.
  public static func frequency(_ hertz: Double) -> String {
    for (unit, size) in [("GHz", 1e9), ("MHz", 1e6), ("kHz", 1e3)] where hertz >= size {
      let value = hertz / size
      let isWhole = value == value.rounded()
      return (isWhole ? decimal(value, places: 0) : "\(value)") + " " + unit
    }
    return significant(hertz) + " Hz"
  }

  /// A span of time in the unit that fits it, three significant digits: `412 µs`.
  public static func duration(_ seconds: Double) -> String {
    DurationUnit(fitting: seconds).text(seconds)
  }

  /// A size in bytes: `812 B`, `41.2 kB`, `1.23 MB` (powers of 1,000).
  public static func bytes(_ count: some BinaryInteger) -> String {
    let value = Double(count)
    for (unit, size) in [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)] where value >= size {
      return significant(value / size) + " " + unit
    }
    return "\(count) B"
  }

  /// A number and its noun in the right number: `1 sample`, `1,500 samples`.
  public static func amount(_ value: some BinaryInteger, of noun: String) -> String {
    count(value) + " " + (value == 1 ? noun : noun + "s")
  }

  private static func powerOfTen(_ places: Int) -> Double {
    var power = 1.0
    for _ in 0..<places { power *= 10 }
    return power
  }
}
