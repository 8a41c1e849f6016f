import Foundation
import Glibc
import SpikeTraces

/// What one format achieved.
struct Measurement {
  var bytes: Int
  var writeSeconds: Double
  var readSeconds: Double
}

/// The least CPU time of this thread that a closure took in some runs.
func leastSeconds(_ runs: Int, _ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
  var least = Double.infinity
  for _ in 0..<runs {
    let start = now()
    try body()
    least = min(least, now() - start)
  }
  return least
}

/// Bytes that independent spikes of a density need at least: H(p) / p bits.
func entropyPerSpike(_ density: Double) -> Double {
  let bits = -density * log2(density) - (1 - density) * log2(1 - density)
  return bits / density / 8
}

/// Independent spikes.
func randomSamples(_ benchmark: Case) -> [SpikePlanes] {
  var state: UInt64 = 42
  func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
  let threshold = UInt64(benchmark.density * 0x1p64)
  return (0..<benchmark.samples).map { _ in
    var planes = SpikePlanes(timeSteps: benchmark.timeSteps, neurons: benchmark.neurons)
    planes.withUnsafeMutableWords { words in
      for index in words.indices {
        for bit in 0..<64 as Range<UInt64> where next() < threshold { words[index] |= 1 << bit }
      }
    }
    return planes
  }
}

/// Our traces, through their public interface and a file.
func measureTraces(
  _ samples: [SpikePlanes], _ benchmark: Case, runs: Int
) throws -> Measurement {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("lockstep-benchmark-\(getpid()).spikes").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  let header = TraceHeader(
    networkName: "benchmark", timeSteps: benchmark.timeSteps, coding: .events,
    input: LayerShape(channels: benchmark.neurons),
    layers: [
      TracedLayer(
        name: "out", operation: .fullyConnected,
        neuron: NeuronDescription(model: "leaky", beta: 0.9, threshold: 1, reset: "subtract"),
        output: LayerShape(channels: 1))
    ], dataSet: DataSetDescription(name: "random", split: "all", classes: 1))
  let silent = SpikePlanes(timeSteps: benchmark.timeSteps, neurons: 1)
  let records = samples.enumerated().map { index, planes in
    SampleRecord(id: UInt64(index), label: 0, prediction: 0, boundaries: [planes, silent])
  }

  var writeSeconds = Double.infinity
  for _ in 0..<runs {
    let writer = try TraceWriter(path: path, header: header, overwrite: true)
    try writer.append(records[0])
    writeSeconds = min(
      writeSeconds,
      try leastSeconds(1) {
        for record in records { try writer.append(record) }
      })
    try writer.finish()
  }

  let reader = try TraceReader(path: path)
  var planes = SpikePlanes(timeSteps: 0, neurons: 0)
  var bytes = 0
  for (index, sample) in samples.enumerated() {
    try reader.boundary(0, of: index + 1, into: &planes)
    guard planes == sample else { fatalError("the trace does not read what was written") }
    bytes += try reader.summary(of: index + 1).storedBytes
  }
  let readSeconds = try leastSeconds(runs) {
    for index in samples.indices { try reader.boundary(0, of: index + 1, into: &planes) }
  }
  return Measurement(bytes: bytes, writeSeconds: writeSeconds, readSeconds: readSeconds)
}

/// Lines of cells, flush right but for the first.
func aligned(_ rows: [[String]]) -> String {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return column == 0 ? cell + padding : padding + cell
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}
