import Exploration

extension ExplorationReport {
  /// How sure the mean latency of the first design is, and how many samples would make it surer.
  var confidenceText: [String] {
    guard let design = front.first, let interval = design.latencyInterval,
      interval.halfWidth > 0
    else { return [] }
    let samples = variants[design.variant].samples
    let unit = DurationUnit(fitting: design.latencySeconds)
    let share = NumberFormat.percent(interval.halfWidth / design.latencySeconds)
    var text =
      "The samples stand for others: the mean latency of design 1 over all images of their kind lies "
      + "between \(unit.value(interval.low)) and \(unit.value(interval.high)) \(unit.rawValue) "
      + "(plus or minus \(share), \(NumberFormat.decimal(interval.confidence * 100, places: 0)) % confidence, "
      + "\(NumberFormat.amount(samples, of: "sample")))."
    if let needed = interval.valuesNeeded(forRelativeHalfWidth: 0.01, from: samples) {
      text +=
        needed <= samples
        ? " \(NumberFormat.count(needed)) would do for 1 %."
        : " For 1 % it takes some \(NumberFormat.count(needed))."
    }
    return [text]
  }

  /// With which firing rate the chosen design still meets the deadline.
  var headroomText: [String] {
    guard let headroom else { return [] }
    let deadline = QuantityFormat.text(headroom.deadlineSeconds, "s")
    let measured = "they fire at \(NumberFormat.percent(headroom.firingRate)) here"
    guard let factor = headroom.factor else {
      return [
        headroom.largestFiringRate > 0
          ? "The chosen design keeps \(deadline) however often its neurons fire (\(measured))."
          : "The chosen design misses \(deadline) even if no neuron fires (\(measured))."
      ]
    }
    return [
      "The chosen design keeps \(deadline) until its neurons fire "
        + "\(NumberFormat.decimal(factor, places: 2)) times as often: at "
        + "\(NumberFormat.percent(headroom.largestFiringRate)) of all neurons and time steps "
        + "(\(measured))."
    ]
  }

  /// What the bounds of all that is estimated do to the front.
  var sensitivityTable: TextTable? {
    guard let sensitivity, let best = front.first else { return nil }
    var table = TextTable(
      title: "If the estimates are wrong",
      explanation: "The front is searched again with the lower and the upper bound of each number. "
        + "'kept' counts the \(NumberFormat.amount(front.count, of: "design")) of the front that stay in "
        + "it; the last columns say whether design 1 stays the best, or else what it is "
        + "replaced by.",
      columns: [
        .text("estimated"), .text("bounds"), .number("kept (low)"), .number("kept (high)"),
        .text("best (low)"), .text("best (high)"),
      ])
    for row in sensitivity {
      let bounds =
        row.unit.isEmpty
        ? "all lower or upper bounds"
        : "\(QuantityFormat.text(row.low.number, row.unit)) to "
          + QuantityFormat.text(row.high.number, row.unit)
      table.append([
        row.coefficient, bounds, "\(NumberFormat.count(row.low.kept)) of \(row.low.front)",
        "\(NumberFormat.count(row.high.kept)) of \(row.high.front)", text(row.low, best),
        text(row.high, best),
      ])
    }
    return table
  }

  private func text(_ outcome: Sensitivity.Outcome, _ best: Design) -> String {
    guard let other = outcome.best else { return "nothing fits" }
    guard !outcome.bestStays else { return "stays" }
    return other.layers.map { "\($0.processingElements)" }.joined(separator: "-") + " PEs"
      + (other.clockHertz == best.clockHertz
        ? "" : " at \(NumberFormat.frequency(other.clockHertz))")
  }
}
