import PowerEstimation

extension Calibration {
  /// The new coefficients and how far they are off, as tables.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    var coefficients = TextTable(
      title: "Coefficients of \(device.name)", explanation: "Energies in pJ.",
      columns: [
        .text("coefficient"), .text("per"), .number("value"), .number("at least"),
        .number("at most"),
      ])
    for coefficient in device.calibrated {
      let energy = coefficient.energy
      coefficients.append(
        [coefficient.kind.rawValue, coefficient.kind.basis]
          + [energy.value, energy.low, energy.high].map {
            NumberFormat.decimal($0 * 1e12, places: 4)
          })
    }
    var designs = TextTable(
      title: "Residual error",
      explanation: residuals.count == 1
        ? "Of one design: what remains is what no coefficient stands for."
        : "Total power of each design: as reported, and by the refitted model.",
      columns: [
        .text("design"), .number("reported [W]"), .number("fitted [W]"), .number("error"),
      ])
    for residual in residuals {
      designs.append([
        residual.name, NumberFormat.decimal(residual.reported, places: 3),
        NumberFormat.decimal(residual.fitted, places: 3), NumberFormat.percent(residual.relative),
      ])
    }
    return coefficients.rendered(style) + "\n" + designs.rendered(style)
  }
}
