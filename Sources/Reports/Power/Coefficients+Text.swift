import PowerEstimation

extension PowerReport {
  /// Every coefficient of the estimates, with its bounds and where it comes from.
  var coefficientTable: TextTable {
    var table = TextTable(
      title: "Coefficients",
      explanation: "As they were used: at \(voltage) V on \(device.name). Those of "
        + "'lockstep power calibrate' stand in place of ours.",
      columns: [
        .text("coefficient"), .number("value"), .number("at least"), .number("at most"),
        .text("unit"), .text("used in"), .text("technology"), .text("source"),
      ])
    let statics = vectorless.staticPower
    table.append(
      ["static"] + [statics.value, statics.low, statics.high].map(NumberFormat.significant) + [
        "W", "both", device.name, device.staticSource,
      ])
    for coefficient in coefficients {
      let energy = coefficient.energy
      // A femtojoule for what costs less than half a picojoule, as the sources have it.
      let (unit, size) = energy.value < 0.5e-12 ? ("fJ", 1e-15) : ("pJ", 1e-12)
      table.append(
        [coefficient.kind.rawValue]
          + [energy.value, energy.low, energy.high].map { NumberFormat.significant($0 / size) } + [
            "\(unit) a \(coefficient.kind.basis)", coefficient.kind.use, technology,
            coefficient.source,
          ])
    }
    return table
  }
}

extension PowerCoefficient.Kind {
  /// Which estimates it is part of.
  fileprivate var use: String {
    switch self {
    case .blockRAM, .ultraRAM: "vectorless"
    case .logic, .signals, .register, .clock, .distributedRAM, .multiplier: "both"
    case .blockAccess, .ultraAccess, .accumulation, .activation: "activity"
    }
  }
}

extension PoweredReplay.Estimates {
  /// The estimates as tables.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    var parts = [power.text(style)]
    if !upgrades.isEmpty {
      parts.append(upgrades.table(of: power, showsBounds: false).rendered(style))
    }
    if let fit = resources.device { parts.append(fit.answer(style)) }
    return parts.joined(separator: "\n")
  }
}
