import Accelerator
import BenchmarkSupport
import BenchmarkWorkloads
import Foundation
import SpikeTraces

// How many clock cycles a second does replay simulate? The network of the seed paper,
// 32C3-P2-32C3-P2-256-450 on 3x32x32 frames, 18 time steps, 10 % of all inputs firing, 32, 32, 8 and 8
// processing elements. Bar: 1e9 cycles a second and core. The compiled register-transfer code
// simulates 330,000 cycles a second.

let samples = 16
let workload = SeedPaperWorkload(samples: samples, density: 0.1)

let model = Conv2023(layers: workload.layers)
let simulator = try model.simulator()
var cycles: UInt64 = 0
var events: UInt64 = 0
for counts in workload.counts {
  cycles += try simulator.replay(counts: counts).latency
  events += simulator.eventCount
}
print(
  """
  \(samples) samples, \(cycles / UInt64(samples)) cycles and \(events / UInt64(samples)) events a \
  sample on average

  """)

var table = ResultTable(title: "Replay of the seed paper's network", unit: "cycles")
let registerTransfer = 330_000.0

let simulation = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload.counts {
    try simulator.load(counts: counts)
    total += try simulator.run()
  }
  return total
}
table.add("simulation alone", simulation, work: Double(cycles), atLeast: 1e9)

let accounts = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload.counts { total += try simulator.replay(counts: counts).latency }
  return total
}
table.add("with accounts of every engine", accounts, work: Double(cycles), atLeast: 1e9)

let closed = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload.counts { total += try model.closedForm(counts: counts).latency }
  return total
}
table.add("closed form", closed, work: Double(cycles))

let path = NSTemporaryDirectory() + "lockstep-replay-benchmark-\(getpid()).spikes"
try workload.write(to: path)
let reader = try TraceReader(path: path)
unlink(path)
let fromTrace = try Measurement.of {
  var total: UInt64 = 0
  for sample in 0..<samples {
    let counts = try workload.layers.enumerated().map { index, layer in
      try reader.boundary(index, of: sample).groupCounts(groupSize: layer.groupSize)
    }
    total += try simulator.replay(counts: counts).latency
  }
  return total
}
table.add("decoded from a trace in memory", fromTrace, work: Double(cycles), atLeast: 1e9)
table.print()

print(
  """
    events a second, simulation alone: \
  \(Int(Double(events) / simulation.minimum / 1e6)) million
    a sample in closed form: \(closed.minimum / Double(samples) * 1e6) us
    against the compiled register-transfer code (330,000 cycles/s): \
  \(Int(Double(cycles) / simulation.minimum / registerTransfer)) times as fast
  """)

// The largest recording of hybrid-2024. Bar: 0.2 ms a run, which is 1.7e9 cycles a second.
let large = try LargeVector(path: "vectors/hybrid-2024.large.jsonl.zst")
let repetitions = 100
let largeCycles = Double(LargeVector.recordedCycles * repetitions)
let largeSimulator = try large.model.simulator()
try largeSimulator.load(counts: large.counts)
let latencies = [
  try largeSimulator.run(), try large.model.closedForm(counts: large.counts).latency,
]
precondition(latencies == [large.latency, large.latency], "not the recorded latency")

var largeTable = ResultTable(title: "The largest recording of hybrid-2024", unit: "cycles")
let largeSimulation = try Measurement.of {
  var total: UInt64 = 0
  for _ in 0..<repetitions { total += try largeSimulator.run() }
  return total
}
largeTable.add("simulation alone", largeSimulation, work: largeCycles, atLeast: 1.7e9)
let largeClosed = try Measurement.of {
  var total: UInt64 = 0
  for _ in 0..<repetitions { total += try large.model.closedForm(counts: large.counts).latency }
  return total
}
largeTable.add("closed form", largeClosed, work: largeCycles)
largeTable.print()

let run = largeSimulation.minimum / Double(repetitions)
print(
  """
    a run of \(LargeVector.recordedCycles) cycles: \(run * 1e3) ms in the simulation, \
  \(largeClosed.minimum / Double(repetitions) * 1e3) ms in closed form; the published \
  register-transfer code, compiled: \(LargeVector.registerTransferSeconds) s, \
  \(Int(LargeVector.registerTransferSeconds / run)) times as long
  """)
