import EventSimulation

/// Event counts of platform conv-2023 that follow from state times alone.
enum Conv2023Counting {
  /// Read-enable cycles of an input spike RAM.
  ///
  /// The enable is high in every reading cycle, and one cycle after every idle cycle; the two
  /// coincide in the first reading cycle after a start (docs/hardware/conv-2023.md).
  ///
  /// - Parameters:
  ///   - collecting: cycles that read a row.
  ///   - starts: how often the engine left its idle state.
  ///   - idle: cycles of the engine's idle state in the window.
  ///   - restsInIdle: whether the window ends in an idle cycle, whose enable falls outside.
  /// - Returns: the number of cycles.
  static func inputReads(
    collecting: UInt64, starts: UInt64, idle: Cycle, restsInIdle: Bool
  ) -> UInt64 {
    let afterIdle = restsInIdle && idle > 0 ? idle - 1 : idle
    return collecting + afterIdle - min(starts, afterIdle)
  }
}
