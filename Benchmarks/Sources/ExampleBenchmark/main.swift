// The shape of a benchmark: prepare real input, measure, print rates. Copy it and add a line to
// Package.swift.

import BenchmarkSupport

let numbers = (0..<1_000_000).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
var table = ResultTable(title: "Summing and sorting", unit: "numbers")
table.add(
  "sum", Measurement.of { numbers.reduce(0, &+) }, work: Double(numbers.count), atLeast: 100e6)
table.add(
  "sort a copy", Measurement.of(runs: 5, preparing: { numbers }, work: { $0.sort() }),
  work: Double(numbers.count))
table.print()
