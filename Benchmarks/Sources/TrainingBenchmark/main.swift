// One training step (forward, loss, backward, Adam) on one thread, beside the rivals' figures.
//
// The time depends on how many spikes there are, so the densities are printed with it: the share of
// neurons that spike in a step, layer by layer, averaged over the measured steps.

import BenchmarkSupport
import Reports
import SpikingNetworks
import Training

var table = TextTable(
  title: "One training step, batch \(Workload.batch), one thread",
  explanation: """
    CPU milliseconds of the fastest and the median of 12 steps; rivals' figures and their machine are \
    in Workload.swift; ratios are rival / ours.
    """,
  columns: [
    .text("network"), .text("input"), .number("T"), .number("min [ms]"), .number("median [ms]"),
    .number("snnTorch [ms]"), .number("ratio"), .number("best PyTorch [ms]"), .number("ratio"),
    .text("spikes per neuron and step [%]"),
  ])
for workload in Workload.all {
  let inputs = workload.inputs()
  let labels = inputs.indices.map { $0 % 10 }
  var learner = try BatchLearner(
    workload.network(),
    settings: TrainingSettings(
      epochs: 1, batchSize: Workload.batch, learningRate: 1e-3,
      surrogate: .fastSigmoid(slope: 25), encoder: .direct), threads: 1)
  var rates: [[Double]] = []
  let measured = try Measurement.of(runs: 12) {
    rates.append(try learner.learn(inputs: inputs, labels: labels).firingRates)
  }
  let ours = measured.minimum * 1e3
  func beside(_ rival: Double?) -> [String] {
    guard let rival else { return ["", ""] }
    return [
      NumberFormat.decimal(rival, places: 0), NumberFormat.decimal(rival / ours, places: 1),
    ]
  }
  let densities = rates[0].indices.map { layer in
    let mean = rates.reduce(0) { $0 + $1[layer] } / Double(rates.count)
    return NumberFormat.decimal(100 * mean, places: 1)
  }
  table.append(
    [
      workload.name, workload.coding.rawValue, "\(workload.timeSteps)",
      NumberFormat.decimal(ours, places: 0),
      NumberFormat.decimal(measured.median * 1e3, places: 0),
    ] + beside(workload.snnTorch) + beside(workload.bestPyTorch)
      + [densities.joined(separator: " / ")])
}
print(table.rendered(.detected(descriptor: 1)), terminator: "")
