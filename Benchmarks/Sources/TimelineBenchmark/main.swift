import Accelerator
import BenchmarkSupport
import EventSimulation
import Foundation
import SpikeTraces
import Timelines

// What does a timeline cost? The digits that come with the repository on hardware/digits-demo.yaml. Bar:
// replaying the whole trace and drawing one of its samples takes at most 3 times as long as replaying it.

let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
let trace = try TraceReader(path: root.appendingPathComponent("traces/digits-test-100.spikes").path)
let hardware = try HardwareFile(
  path: root.appendingPathComponent("hardware/digits-demo.yaml").path)
let replay = try TraceReplay(of: trace, on: hardware)
let samples = trace.sampleCount

let model = replay.hardware.model
let counts = try (0..<samples).map { sample in
  try replay.hardware.layers.enumerated().map { index, layer in
    try trace.boundary(index, of: sample).groupCounts(groupSize: layer.countedGroup ?? 1)
  }
}
/// The work of every sample, on an open accelerator.
@MainActor func run<Probe: KernelProbe>(
  _ simulator: any SampleSimulator<Probe>, fresh: (Topology) -> Probe
) throws -> UInt64 {
  var cycles: UInt64 = 0
  for counts in counts {
    simulator.probe = fresh(simulator.topology)
    cycles += try simulator.replay(counts: counts).latency
  }
  return cycles
}

// MARK: All samples

var table = ResultTable(title: "All \(samples) samples, one thread", unit: "samples")
let plain = try model.simulator()
let simulation = try Measurement.of { try run(plain) { _ in NoProbe() } }
table.add("simulated", simulation, work: Double(samples))
let recorder = try model.recordingSimulator()
let recorded = try Measurement.of { try run(recorder) { IntervalRecorder(for: $0) } }
table.add("simulated and recorded", recorded, work: Double(samples))
let drawn = try Measurement.of {
  try (0..<samples).reduce(0) { try $0 + replay.timeline(ofSample: $1).engines.count }
}
table.add("read, simulated, recorded, drawn up", drawn, work: Double(samples))
let perfetto = try Measurement.of {
  try (0..<samples).reduce(0) { try $0 + replay.timeline(ofSample: $1).perfettoTrace().count }
}
table.add("the same, and as Perfetto traces", perfetto, work: Double(samples))
let waves = try Measurement.of {
  try (0..<samples).reduce(0) { try $0 + replay.timeline(ofSample: $1).valueChanges().count }
}
table.add("the same, and as waves instead", waves, work: Double(samples))
table.print()

// MARK: The command

let path = NSTemporaryDirectory() + "lockstep-timeline-benchmark-\(getpid())"
var command = ResultTable(
  title: "lockstep replay with one thread, files included", unit: "samples")
let without = try await measured { try await report() }
command.add("without a timeline", without, work: Double(samples))
let with = try await measured {
  try await report()
  let timeline = try replay.timeline(ofSample: 0)
  try timeline.perfettoTrace().write(to: URL(fileURLWithPath: path + ".pftrace"))
  try timeline.valueChanges().write(to: URL(fileURLWithPath: path + ".vcd"))
}
command.add(
  "with one, both files", with, work: Double(samples),
  atLeast: Double(samples) / without.minimum / 3)
command.print()

let sizes = try ["pftrace", "vcd"].map {
  try FileManager.default.attributesOfItem(atPath: "\(path).\($0)")[.size] as? Int ?? 0
}
unlink(path + ".pftrace")
unlink(path + ".vcd")
let sample = try replay.timeline(ofSample: 0)
func perSample(_ measurement: BenchmarkSupport.Measurement) -> Int {
  Int(measurement.minimum / Double(samples) * 1e6)
}
print(
  """
    recording costs \(recorded.minimum / simulation.minimum) times the simulation alone
    a sample: simulated in \(perSample(simulation)) us, recorded in \(perSample(recorded)) us, drawn \
  up in \(perSample(drawn)) us, as a Perfetto trace in \(perSample(perfetto)) us, as waves in \
  \(perSample(waves)) us
    sample 0: \(sample.engines.reduce(0) { $0 + $1.slices.count }) slices, \(sample.arrows.count) \
  arrows; \(sizes[0]) bytes of trace, \(sizes[1]) bytes of waves
    a whole replay with a timeline takes \(with.minimum / without.minimum) times as long as without
  """)

func report() async throws {
  keepAlive(try await replay.report(threads: 1))
}

/// CPU time of all threads: the replay works in tasks of its own.
func measured(_ work: () async throws -> Void) async throws -> BenchmarkSupport.Measurement {
  var seconds: [Double] = []
  for run in 0...15 {
    let start = ProcessorTime.process.now
    try await work()
    if run > 0 { seconds.append(ProcessorTime.process.now - start) }
  }
  return BenchmarkSupport.Measurement(seconds: seconds)
}
