import Accelerator
import BenchmarkSupport

// What does a sample of 784-1024-1024-300 cost on platform fc-2023, 15 time steps, a tenth of all
// neurons firing? Bars: 0.1 ms a sample by events, 10 us in closed form. The published SystemC
// simulator takes 41 to 114 CPU seconds a sample of this network (784-1024-1024-300 at LHR 4-4-4 and
// 1-1-1, with its shipped input), and compiles 14 seconds for every new configuration.

let samples = 256
let geometry = PipelineGeometry(
  inputs: 784, neurons: [1024, 1024, 300], logicalToHardwareRatios: [4, 4, 4], timeSteps: 15)

var random = WorkloadGenerator()
var workload: [[[UInt32]]] = []
for _ in 0..<samples {
  var counts: [[UInt32]] = []
  for layer in 0..<geometry.layers {
    // From a twentieth to three twentieths of the neurons.
    let share = UInt32(geometry.largestFrame(of: layer) / 20)
    counts.append(
      (0..<geometry.timeSteps).map { _ in UInt32.random(in: share...3 * share, using: &random) })
  }
  workload.append(counts)
}

let model = FullyConnected2023(geometry)
let simulator = try model.simulator()
var cycles: UInt64 = 0
var events: UInt64 = 0
for counts in workload {
  cycles += try simulator.replay(counts: counts).latency
  events += simulator.eventCount
}
print(
  """
  \(samples) samples, \(cycles / UInt64(samples)) cycles and \(events / UInt64(samples)) events a \
  sample on average

  """)

var table = ResultTable(title: "784-1024-1024-300 on fc-2023", unit: "samples")
let simulation = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload {
    try simulator.load(counts: counts)
    total += try simulator.run()
  }
  return total
}
table.add("simulation alone", simulation, work: Double(samples), atLeast: 1e4)

let accounts = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload { total += try simulator.replay(counts: counts).latency }
  return total
}
table.add("with accounts of every state", accounts, work: Double(samples), atLeast: 1e4)

let closed = try Measurement.of {
  var total: UInt64 = 0
  for counts in workload { total += try model.closedForm(counts: counts).latency }
  return total
}
table.add("closed form", closed, work: Double(samples), atLeast: 1e5)
table.print()

let published = 41.0
let perSample = accounts.minimum / Double(samples)
print(
  """
    a sample by events, with accounts: \(perSample * 1e6) us
    a sample in closed form: \(closed.minimum / Double(samples) * 1e6) us
    against the published SystemC simulator (\(published) CPU s at LHR 4-4-4): \
  \(Int(published / perSample)) times as fast
  """)
