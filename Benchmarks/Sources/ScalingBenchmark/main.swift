import Accelerator
import BenchmarkWorkloads
import Foundation
import Glibc
import SpikeTraces

// How long does a whole test set take from disk, decoding included, and what do two cores gain? 10,000
// samples of the seed paper's network, 32C3-P2-32C3-P2-256-450 at 18 time steps, a tenth of all
// neurons firing, on the published accelerator. Bars: 5 s on 2 cores, 200 MB, 90 % of linear scaling.
//
// The trace is written by a process of its own, so that its memory does not count.

/// The published accelerator of the seed paper (hardware/svhn-date24.yaml).
let hardware = """
  platform: conv-2023
  clock: 100 MHz
  layers:
    - {kind: convolution, processing-elements: 32, encoder-width: 256, list-capacity: 512}
    - {kind: convolution, processing-elements: 32, encoder-width: 56, list-capacity: 112}
    - {kind: fully-connected, processing-elements: 8, encoder-width: 150, list-capacity: 336}
    - {kind: fully-connected, processing-elements: 8, encoder-width: 150, list-capacity: 64}
  """

let samples = 10_000

if CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--write" {
  try SeedPaperWorkload(samples: 50, density: 0.1)
    .write(to: CommandLine.arguments[2], count: samples)
  exit(0)
}

let path = NSTemporaryDirectory() + "lockstep-scaling-benchmark-\(getpid()).spikes"
let writer = Process()
writer.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
writer.arguments = ["--write", path]
try writer.run()
writer.waitUntilExit()
defer { unlink(path) }

let trace = try TraceReader(path: path)
let replay = try TraceReplay(of: trace, on: HardwareFile(data: Data(hardware.utf8), path: "-"))
let megabytes =
  Double(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0) / 1e6

/// The fastest of three replays, in seconds of wall time, and the report.
func fastest(
  threads: Int, engine: ReplayEngine
) async throws -> (seconds: Double, report: ReplayReport) {
  var best = Double.infinity
  var report = try await replay.report(threads: threads, engine: engine)
  for _ in 0..<3 {
    let start = ContinuousClock.now
    report = try await replay.report(threads: threads, engine: engine)
    let elapsed = start.duration(to: .now)
    best = min(
      best, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
  }
  return (best, report)
}

print("\(samples) samples, \(Int(megabytes)) MB on disk\n")
for engine in [ReplayEngine.event, .closed] {
  let one = try await fastest(threads: 1, engine: engine)
  let two = try await fastest(threads: 2, engine: engine)
  let same = try one.report.jsonData() == two.report.jsonData()
  print(
    """
    \(engine.rawValue): \(format(one.seconds)) s on one core, \(format(two.seconds)) s on two \
    (bar: 5 s): \(Int(one.seconds / two.seconds / 2 * 100)) % of linear scaling (bar: 90 %); \
    reports \(same ? "identical" : "DIFFER")
    """)
}
let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
for line in status.split(separator: "\n") where line.hasPrefix("VmHWM") {
  print("peak memory, the mapped trace included (bar: 200 MB): \(line)")
}

func format(_ seconds: Double) -> String { String(format: "%.2f", seconds) }
