// Reading and encoding a sample of every format, beside one training step of a network on it.
//
// Files have the size of published ones and random content. Files are in the page cache, as they are
// from the second epoch on. All columns are CPU time of one thread: samples are read by the threads
// that learn them, so the share does not depend on how many there are.

import BenchmarkSupport
import Datasets
import Reports
import SpikingNetworks
import Training

var table = TextTable(
  title: "Reading and encoding beside learning, one thread",
  explanation: """
    CPU microseconds a sample, fastest of 5 runs over 64 samples; learning: forward, loss, backward and \
    Adam, batches of 32. From cache: the frames of events are kept, as from the second epoch on.
    """,
  columns: [
    .text("format"), .text("content"), .text("input"), .number("read [us]"),
    .number("read and encode [us]"), .number("kept [kB]"), .number("from cache [us]"),
    .text("network"), .number("learn [us]"), .number("share [%]"),
    .number("from cache [%]"),
  ])
for workload in try Workload.all() {
  let data = workload.data
  let encoder = workload.encoder
  let reading = try Measurement.of(runs: 5) {
    for index in 0..<Workload.samples { keepAlive(try data.sample(index)) }
  }
  let encoding = try Measurement.of(runs: 5) {
    for index in 0..<Workload.samples {
      keepAlive(
        try encoder.input(data, sample: index, timeSteps: workload.timeSteps, seed: 1, epoch: 1))
    }
  }
  let cache = FrameCache(limit: FrameCache.usualLimit)
  let cached = cache.keeping(data)
  let again = try Measurement.of(runs: 5) {
    for index in 0..<Workload.samples {
      keepAlive(
        try encoder.input(cached, sample: index, timeSteps: workload.timeSteps, seed: 1, epoch: 1))
    }
  }
  let learning = try workload.learning()
  func microseconds(_ measurement: Measurement, samples: Int) -> Double {
    measurement.minimum * 1e6 / Double(samples)
  }
  let encode: Double = microseconds(encoding, samples: Workload.samples)
  let kept: Double = microseconds(again, samples: Workload.samples)
  let learn: Double = microseconds(learning, samples: Workload.batch)
  table.append([
    workload.format, workload.content,
    "\(try encoder.frame(of: data, timeSteps: workload.timeSteps)), T = \(workload.timeSteps),"
      + " \(encoder.feeds(data.kind).rawValue)",
    NumberFormat.decimal(microseconds(reading, samples: Workload.samples), places: 1),
    NumberFormat.decimal(encode, places: 1),
    cache.count == 0
      ? "" : NumberFormat.decimal(Double(cache.bytes) / Double(cache.count) / 1000, places: 1),
    cache.count == 0 ? "" : NumberFormat.decimal(kept, places: 1),
    workload.layers, NumberFormat.decimal(learn, places: 0),
    NumberFormat.decimal(100 * encode / (encode + learn), places: 1),
    cache.count == 0 ? "" : NumberFormat.decimal(100 * kept / (kept + learn), places: 1),
  ])
}
print(table.rendered(.detected(descriptor: 1)), terminator: "")
