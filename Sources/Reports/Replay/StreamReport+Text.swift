import Accelerator

extension StreamReport {
  /// The stream as a table.
  ///
  /// - Parameter framesPerSecond: throughput if each sample started when the one before had ended.
  /// - Returns: one row a layer.
  func table(clock framesPerSecond: Double) -> TextTable {
    var facts =
      "Samples follow each other through the layers (\(arrivals); "
      + "\(NumberFormat.amount(spikeBuffers, of: "spike RAM")) between each two layers): "
      + "\(NumberFormat.significant(samplesPerSecond)) samples a second, against "
      + "\(NumberFormat.significant(framesPerSecond)) one at a time. From arrival to completion: mean "
      + "\(NumberFormat.duration(latencySeconds.mean)), p99 \(NumberFormat.duration(latencySeconds.p99)), "
      + "longest \(NumberFormat.duration(latencySeconds.maximum)); of that waiting to start: mean "
      + "\(NumberFormat.duration(waitingSeconds.mean)), at most "
      + "\(NumberFormat.amount(largestQueue, of: "sample")) at a time."
    if let deadlineSeconds, let deadlineMisses {
      facts +=
        " Deadline \(NumberFormat.duration(deadlineSeconds)): "
        + "\(NumberFormat.amount(deadlineMisses, of: "sample")) late."
    }
    var table = TextTable(
      title: "Stream", explanation: facts,
      columns: [
        .text("layer"), .bar("active"), .number("blocked"), .number("without a sample"),
      ])
    let busiest = layers.map(\.active).max() ?? 0
    for layer in layers {
      table.append(
        [
          .text(layer.name), .share(layer.active),
          .text(NumberFormat.percent(layer.blocked)), .text(NumberFormat.percent(layer.starved)),
        ], isHighlighted: layers.count > 1 && layer.active == busiest)
    }
    return table
  }
}
