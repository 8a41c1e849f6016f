import Foundation
import Reports
import SpikingNetworks
import Training

extension TrainReport {
  /// The result as a short table.
  func table() -> String {
    var lines = [
      "network     \(network.name): \(network.input) - \(NetworkNotation.text(network.layers)),"
        + " T = \(network.timeSteps)",
      String(
        format: "accuracy    %.2f %% on %d test samples (%d right), epoch %d of %d%@",
        100 * test.accuracy, test.samples, test.correct, result.bestEpoch, settings.epochs,
        result.wasStopped ? ", stopped" : ""),
      String(format: "training    %.1f s, %d samples", seconds, parts.training.count),
    ]
    lines.insert(
      contentsOf: furtherTests.map { further in
        String(
          format: "            %.2f %% with T = %d", 100 * further.evaluation.accuracy,
          further.timeSteps)
      }, at: 2)
    lines += platformLines() + [""] + layerLines()
    if wasInterrupted {
      lines += [
        "",
        result.wasStopped
          ? "stopped by Ctrl-C: the model is the best so far; no spikes were recorded"
          : "stopped by Ctrl-C: the network is trained; 'lockstep record' records its spikes",
      ]
      if let resumable { lines.append("go on with: lockstep train --resume \(resumable)") }
    }
    lines += ["", "files"] + files.map { "  \($0)" }
    return lines.joined(separator: "\n")
  }

  /// What the best network costs on the platforms.
  private func platformLines() -> [String] {
    let best = epochs.first { $0.summary.epoch == result.bestEpoch }
    return (best?.platforms ?? []).map { cost in
      "cycles      \(NumberFormat.count(Int(cost.cycles.mean.rounded()))) in the mean,"
        + " \(NumberFormat.count(cost.cycles.p50)) median, \(NumberFormat.count(cost.cycles.p99))"
        + " for 99 %: \(NumberFormat.duration(cost.seconds.mean)) on \(cost.name),"
        + " \(cost.samples) validation samples"
    }
  }

  private func layerLines() -> [String] {
    let shapes = (try? network.resolvedShapes()) ?? []
    let statistics = epochs.first { $0.summary.epoch == result.bestEpoch }?.summary.layers
    var lines = ["layer       neurons   firing rate   operations of dense   gradients not zero"]
    for (index, layer) in network.layers.enumerated() {
      let dense = statistics.map { Double(max(1, $0[index].denseOperations)) }
      let operations = test.synapticOperations[index]
      lines.append(
        layer.name.padding(toLength: 12, withPad: " ", startingAt: 0)
          + String(
            format: "%7d   %9.1f %%", shapes[index].neurons.count, 100 * test.firingRates[index])
          + Self.right(NumberFormat.count(Int(operations.rounded())), 13)
          + Self.right(dense.map { NumberFormat.percent(operations / $0) } ?? "", 9)
          + Self.right(
            statistics?[index].gradientDensity.map { NumberFormat.percent($0) } ?? "", 21))
    }
    return lines + ["(rates and operations of a test sample; gradients of the best epoch)"]
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
