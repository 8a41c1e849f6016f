extension BoundLayer {
  /// Where the published hardware does something that its user would not expect.
  ///
  /// The numbers of a report are those of the hardware as published; these sentences say where it
  /// thereby loses work.
  func warnings(_ sums: ReplayAggregate.Layer, name: String, samples: Int) -> [String] {
    var warnings: [String] = []
    if sums.counters.droppedWrites > 0 {
      warnings.append(
        "\(name): \(losses.dropCause) when \(sums.counters.droppedWrites) "
          + "\(losses.dropEvent), in \(sums.samplesWithDrops) of \(samples) samples; the hardware drops "
          + "them. \(losses.dropRemedy)")
    }
    if let listCapacity, !splitsLists, sums.largestFrame > UInt64(listCapacity) {
      warnings.append(
        "\(name): a frame has \(sums.largestFrame) spikes, more than the \(listCapacity) entries of "
          + "the address list; \(losses.listOverflow)")
    } else if let countLimit, sums.largestFrame >= UInt64(countLimit) {
      warnings.append(
        "\(name): a frame has \(sums.largestFrame) spikes, and the hardware's spike counter wraps "
          + "round at \(countLimit). Raise 'list-capacity'")
    }
    return warnings + notes.map { "\(name): \($0)" }
  }
}
