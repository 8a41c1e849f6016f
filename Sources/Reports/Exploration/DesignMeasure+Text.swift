import Exploration

extension DesignMeasure {
  /// A value of the measure with its unit: `412 µs`, `12.5 %`.
  ///
  /// - Parameter value: the value, in the measure's unit.
  /// - Returns: the text.
  public func text(_ value: Double) -> String { ExplorationReport.value(value, self) }
}
