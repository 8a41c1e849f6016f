// Traces: size against the entropy of independent spikes, and speed of writing and reading, beside
// two simpler formats in the same run.
//
//   TracesBenchmark [RUNS]
//
// Times are CPU time of one thread, the least of RUNS runs (25); wall time would measure the machine's
// other work. "Ours" is the whole path: TraceWriter.append of planes in memory to a file in the
// temporary folder, and TraceReader.boundary(_:of:into:) of the mapped file to planes in memory.

import Foundation
import SpikeTraces

let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 25

/// One line of the table.
struct Case {
  var name: String
  var timeSteps: Int
  var neurons: Int
  var density: Double
  var samples: Int
}

let cases =
  [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.4].map { density in
    Case(
      name: "18 x 32x32x32", timeSteps: 18, neurons: 32 * 32 * 32, density: density, samples: 16)
  }
  + [0.05, 0.2].map { density in
    Case(name: "10 x 1024", timeSteps: 10, neurons: 1024, density: density, samples: 400)
  }
  + [0.05, 0.2].map { density in
    Case(name: "10 x 64", timeSteps: 10, neurons: 64, density: density, samples: 4000)
  }

let heading = [
  "planes", "density", "entropy", "ours", "over", "write", "read", "bits", "over", "write", "read",
  "u16", "over", "write", "read",
]
let units = [
  "", "", "B/spike", "B/spike", "entropy", "M/s", "M/s", "B/spike", "entropy", "M/s", "M/s",
  "B/spike", "entropy", "M/s", "M/s",
]
var rows = [heading, units]
for benchmark in cases {
  let samples = randomSamples(benchmark)
  let spikes = samples.reduce(0) { $0 + $1.spikeCount }
  let entropy = entropyPerSpike(benchmark.density)
  var row = [
    benchmark.name, String(format: "%.0f %%", benchmark.density * 100),
    String(format: "%.3f", entropy),
  ]
  for result in [
    try measureTraces(samples, benchmark, runs: runs),
    try measureZstandard(samples, PlainBits(), runs: runs),
    try measureZstandard(samples, ShortAddresses(), runs: runs),
  ] {
    let bytes = Double(result.bytes) / Double(spikes)
    row += [
      String(format: "%.3f", bytes), String(format: "%+.1f %%", 100 * (bytes / entropy - 1)),
      String(format: "%.0f", Double(spikes) / result.writeSeconds / 1e6),
      String(format: "%.0f", Double(spikes) / result.readSeconds / 1e6),
    ]
  }
  rows.append(row)
}
print(
  """
  Spikes per CPU second and bytes per spike, records and all. bits: one bit a neuron, zstd -1;
  u16: sixteen-bit addresses, zstd -1. Least of \(runs) runs, one thread.

  """)
print(aligned(rows))
