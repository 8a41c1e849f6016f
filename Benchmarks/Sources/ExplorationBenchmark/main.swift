import Accelerator
import BenchmarkSupport
import Exploration
import Foundation
import SpikeTraces

// How long does the search of a space take, its layers measured and all? Bars: 1 s for the 10^6
// allocations of a 6-layer network with 10 choices a layer; 0.1 s for the 1,000 ratios of
// 784-1024-1024-300 on fc-2023 with 15 time steps, for which the published SystemC tool needs about 23
// CPU hours. Beside them brute force: the closed form of whole designs, one after another.

let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
  "lockstep-exploration-\(ProcessInfo.processInfo.processIdentifier)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

func report(_ workload: Workload, bar: Double) async throws {
  let trace = try workload.trace(in: folder)
  let space = try workload.space(in: folder)
  let clock = ContinuousClock()
  let start = clock.now
  let exploration = try await DesignExploration(of: space, with: [trace])
  let measured = start.duration(to: clock.now) / .seconds(1)
  let search = try Measurement.of(runs: 5) { try exploration.report() }
  let result = try exploration.report()

  // Designs spread over the whole space.
  let tried = 40
  let file = try HardwareFile(path: space.hardware[0])
  let records = try (0..<trace.sampleCount).map { try trace.sample($0).boundaries }
  let costings = try (0..<tried).map { number in
    try SampleCosting(
      of: trace.header, network: workload.name, on: workload.design(number, of: file))
  }
  let one = try Measurement.of(runs: 3) {
    var cycles: UInt64 = 0
    for costing in costings {
      for record in records { cycles += try costing.latency(of: record) }
    }
    return cycles
  }
  let bruteForce = one.minimum / Double(tried) * Double(result.certificate.designs)
  let certificate = result.certificate
  print(
    """
    \(workload.name): \(certificate.designs) designs, \(trace.sampleCount) samples, objectives \
    \(result.objectives.map(\.rawValue).joined(separator: " and "))
      layers measured once: \(milliseconds(measured)), one thread
      search: \(milliseconds(search.minimum)), together \(milliseconds(measured + search.minimum)) \
    (bar \(milliseconds(bar)): \(measured + search.minimum <= bar ? "met" : "MISSED")), \
    \(certificate.method.rawValue), \
    \(certificate.evaluated) evaluated, \(result.front.count) in the front, \
    \(certificate.isProof ? "proved" : "NOT PROVED")
      brute force in closed form: \(Int(bruteForce)) s, from \(tried) designs: \
    \(Int(bruteForce / (search.minimum + measured))) times as long as measuring and searching

    """)
}

func milliseconds(_ seconds: Double) -> String {
  String(format: "%.1f ms", seconds * 1e3)
}

for objectives in ["[latency, lut]", "[latency, lut, energy]", "[latency-p99, lut]"] {
  try await report(.sixLayers(objectives: objectives), bar: 1)
}
for samples in [1, 16] { try await report(.pipeline(samples: samples), bar: 0.1) }
