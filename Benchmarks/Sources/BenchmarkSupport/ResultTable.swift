import Glibc
import Reports

/// Collects measurements and prints them as one table of rates.
public struct ResultTable {
  private struct Entry {
    var name: String
    var measurement: Measurement
    var work: Double
    var bar: Double?
  }

  private let title: String
  private let unit: String
  private var entries: [Entry] = []

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - title: what is measured.
  ///   - unit: what the work of every entry is counted in, in the plural: `spikes`.
  public init(title: String, unit: String) {
    self.title = title
    self.unit = unit
  }

  /// Adds a measurement.
  ///
  /// - Parameters:
  ///   - name: what was measured.
  ///   - measurement: its result.
  ///   - work: units of work in one run.
  ///   - bar: the rate, in units a CPU second, that we hold ourselves to, if any.
  public mutating func add(
    _ name: String, _ measurement: Measurement, work: Double, atLeast bar: Double? = nil
  ) {
    entries.append(Entry(name: name, measurement: measurement, work: work, bar: bar))
  }

  /// Prints the table to standard output, with the machine's load, which explains slow medians.
  public func print() {
    var table = TextTable(
      title: title,
      explanation: """
        Rates in millions of \(unit) a CPU second of the fastest run; ratio to the first row; bytes \
        and requests to the heap in one run.
        """,
      columns: [
        .text("measurement"), .number("min [ms]"), .number("median [ms]"),
        .number("rate [M \(unit)/s]"), .number("ratio"), .number("bar"), .number("bytes"),
        .number("requests"),
      ])
    let reference = entries.first.map(rate) ?? 0
    for entry in entries {
      let rate = rate(entry)
      let bar = entry.bar.map { bar in
        NumberFormat.significant(bar / 1e6) + (rate >= bar ? " met" : " MISSED")
      }
      table.append([
        entry.name, NumberFormat.decimal(entry.measurement.minimum * 1e3, places: 3),
        NumberFormat.decimal(entry.measurement.median * 1e3, places: 3),
        NumberFormat.significant(rate / 1e6),
        reference > 0 ? NumberFormat.decimal(rate / reference, places: 2) : "",
        bar ?? "", NumberFormat.count(entry.measurement.allocatedBytes),
        NumberFormat.count(entry.measurement.allocations),
      ])
    }
    Swift.print(table.rendered(.detected(descriptor: 1)), terminator: "")
    var load = [0.0]
    if getloadavg(&load, 1) == 1 {
      Swift.print("  load average \(NumberFormat.decimal(load[0], places: 2))\n")
    }
  }

  private func rate(_ entry: Entry) -> Double {
    entry.measurement.minimum > 0 ? entry.work / entry.measurement.minimum : .infinity
  }
}
