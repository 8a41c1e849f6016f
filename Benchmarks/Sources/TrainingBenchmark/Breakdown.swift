import BenchmarkSupport
import Foundation
import Reports
import SpikingNetworks
import Training

/// Where the time of a training step goes, layer by layer, beside what the machine can do.
struct Breakdown {
  let data: PreparedData
  let workload: Workload
  let ceilings: Ceilings

  private static let runs = 12

  func print() throws {
    let (inputs, labels) = try data.batch(workload)
    var learner = try BatchLearner(
      data.network(workload),
      settings: TrainingSettings(
        epochs: 1, batchSize: Workload.batch, learningRate: 1e-3,
        surrogate: .fastSigmoid(slope: 25), encoder: .direct), threads: 1)
    let first = try learner.learn(inputs: inputs, labels: labels)
    try learner.measureStages()
    let clock = ContinuousClock()
    let (cpu, start) = (ProcessorTime.thread.now, clock.now)
    var last = first
    for _ in 0..<Self.runs { last = try learner.learn(inputs: inputs, labels: labels) }
    // Stages are measured in wall time, which other programs stretch: their shares are what counts.
    let step = (ProcessorTime.thread.now - cpu) / Double(Self.runs) * 1e3
    let wall = (clock.now - start) / .seconds(1)

    var table = TextTable(
      title: "One training step of \(workload.name), batch \(Workload.batch), one thread",
      explanation: """
        \(number(step)) CPU milliseconds a step in the mean of \(Self.runs); a stage's is its share of \
        the wall time. Dense GFLOP/s are the dense operation's, whether or not it was done; bytes are \
        those of membranes and their gradients. This core now: sgemm \(number(ceilings.arithmetic)) \
        GFLOP/s, copy \(number(ceilings.memory)) GB/s. Spikes per neuron and step: \
        \(percent(first.firingRates)) %; gradients of currents that are not zero: \
        \(percent(last.gradientDensities.map { $0 ?? 1 })) %.
        """,
      columns: [
        .text("layer"), .text("stage"), .number("ms"), .number("share [%]"),
        .number("dense GFLOP/s"), .number("of sgemm [%]"), .number("GB/s"), .number("of copy [%]"),
      ])
    var rest = wall
    for stage in learner.stageTimes where stage.seconds > 0 {
      rest -= stage.seconds
      let milliseconds = stage.seconds / wall * step
      let work = try work(stage)
      let rate = work.operations / milliseconds / 1e6
      let bandwidth = work.bytes / milliseconds / 1e6
      table.append([
        stage.layer, stage.stage, number(milliseconds), number(100 * stage.seconds / wall),
        work.operations > 0 ? number(rate) : "",
        work.operations > 0 ? number(100 * rate / ceilings.arithmetic) : "",
        work.bytes > 0 ? number(bandwidth) : "",
        work.bytes > 0 ? number(100 * bandwidth / ceilings.memory) : "",
      ])
    }
    table.append([
      "all", "input, loss, packing, Adam", number(rest / wall * step), number(100 * rest / wall),
      "",
      "", "", "",
    ])
    Swift.print(table.rendered(.detected(descriptor: 1)), terminator: "")
  }

  private func number(_ value: Double) -> String { NumberFormat.decimal(value, places: 1) }

  private func percent(_ shares: [Double]) -> String {
    shares.map { number(100 * $0) }.joined(separator: " / ")
  }

  /// Floating-point operations and bytes of a stage in one step of the whole batch.
  private func work(_ stage: StageTime) throws -> (operations: Double, bytes: Double) {
    // Connections of one frame, and neurons.
    let layers: [String: (Int, Int)] =
      workload.layers.hasPrefix("32C3")
      ? [
        "conv1": (32 * 32 * 32 * 27, 32 * 32 * 32), "conv2": (16 * 16 * 32 * 288, 16 * 16 * 32),
        "fc1": (2048 * 256, 256), "fc2": (256 * 10, 10),
      ] : ["fc1": (784 * 500, 500), "fc2": (500 * 500, 500), "fc3": (500 * 10, 10)]
    guard let (connections, neurons) = layers[stage.layer] else { return (0, 0) }
    let frames = Double(Workload.batch * workload.timeSteps)
    switch stage.stage {
    case "neurons": return (0, frames * Double(neurons) * 4)
    case "neurons-back": return (0, frames * Double(neurons) * 8)
    default: return (2 * frames * Double(connections), 0)
    }
  }
}
