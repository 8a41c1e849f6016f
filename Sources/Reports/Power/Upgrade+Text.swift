import PowerEstimation

extension [Upgrade] {
  /// What a little more hardware saves and costs.
  ///
  /// - Parameters:
  ///   - power: what the design draws as it is.
  ///   - showsBounds: whether there is room for the bounds of the power.
  /// - Returns: the table; time, power and energy in units that fit the design.
  func table(of power: PowerReport, showsBounds: Bool) -> TextTable {
    let unit = DurationUnit(fitting: power.latencySeconds)
    let bounds: [TextTable.Column] =
      showsBounds ? [.number("at least"), .number("at most")] : []
    var table = TextTable(
      title: "What more hardware would cost",
      explanation: """
        One step up of one parameter of one layer, all else as it is: latency replayed sample by \
        sample; resources and vectorless power beyond those of the design as it is. The last column \
        has the resource of which the step takes the most, and whether the device holds all of it.
        """,
      columns: [
        .text("layer"), .text("parameter"), .number("now"), .number("then"),
        .number("latency [\(unit.rawValue)]"), .number("saved"), .number("LUT"),
        .number("BRAM36"), .number("mW"),
      ] + bounds + [.number("µJ an image"), .text(power.device.name)])
    let energy = power.vectorless.energyPerImage.value
    table.append(
      ["", "as it is", "", "", unit.value(power.latencySeconds), "", "", "", ""]
        + bounds.map { _ in "" } + [NumberFormat.significant(energy * 1e6), ""])
    for upgrade in self {
      let more = upgrade.resources.value
      let estimate = upgrade.power
      let watts = [estimate.value] + (showsBounds ? [estimate.low, estimate.high] : [])
      table.append(
        [
          upgrade.saving.layer, upgrade.saving.parameter, NumberFormat.count(upgrade.saving.from),
          NumberFormat.count(upgrade.saving.to), unit.value(upgrade.latencySeconds),
          NumberFormat.percent(
            1 - upgrade.latencySeconds / Swift.max(power.latencySeconds, 1e-12)),
          "+" + NumberFormat.decimal(more.tables, places: 0),
          "+" + NumberFormat.decimal(more.blockRAMs, places: 1),
        ] + watts.map { "+" + NumberFormat.significant($0 * 1e3) } + [
          NumberFormat.significant(upgrade.energyPerImage.value * 1e6),
          upgrade.largestPart(of: power.device) + upgrade.verdict.rawValue,
        ])
    }
    return table
  }
}

extension Upgrade {
  /// What it saves and what it costs, in a sentence.
  ///
  /// - Parameter estimates: what the design draws and needs as it is.
  /// - Returns: the sentence.
  func sentence(of estimates: PoweredReplay.Estimates) -> String {
    let power = estimates.power
    let share = 1 - latencySeconds / max(power.latencySeconds, 1e-12)
    let saved = NumberFormat.duration(power.latencySeconds - latencySeconds)
    let before = power.vectorless.energyPerImage.value
    let unit = QuantityFormat.text
    return "\(saving.phrase) would save \(NumberFormat.decimal(share * 100, places: 0)) % of the "
      + "latency (\(saved)) and cost some \(costs(of: power)); energy an image "
      + "\(energyPerImage.value <= before ? "falls" : "rises") from \(unit(before, "J")) to "
      + "\(unit(energyPerImage.value, "J")). \(fit(power.device.name, before: estimates.resources.device?.verdict))"
  }

  /// Of which resource it takes the most, and how much of the device's.
  fileprivate func largestPart(of device: Device) -> String {
    let more = DeviceCapacity(resources.value)
    let parts = DeviceCapacity.Pool.allCases.compactMap { pool -> (Double, String)? in
      let available = device.capacity[pool]
      return available > 0 ? (more[pool] / available, pool.rawValue) : nil
    }
    guard let most = parts.max(by: { $0.0 < $1.0 }), most.0 > 0 else { return "" }
    return "+\(NumberFormat.percent(most.0)) \(most.1), "
  }

  /// Resources and power in addition.
  private func costs(of power: PowerReport) -> String {
    let device = power.device
    let counts: [(Double, Double, String)] = [
      (resources.value.tables, device.capacity.tables, "LUT"),
      (resources.value.blockRAMs, device.capacity.blockRAMs, "BRAM36"),
      (resources.value.ultraRAMs, device.capacity.ultraRAMs, "URAM"),
    ]
    var parts = counts.filter { $0.0 != 0 }.map { count, available, name in
      let part =
        available > 0 ? " (\(NumberFormat.percent(count / available)) of \(device.name))" : ""
      // Three digits are more than an estimate knows; block RAMs come in halves.
      let places = count < 1000 && count != count.rounded() ? 1 : 0
      return NumberFormat.decimal(Self.roughly(count), places: places) + " \(name)\(part)"
    }
    parts.append(QuantityFormat.interval(self.power, "W"))
    return parts.dropLast().joined(separator: ", ") + (parts.count > 1 ? " and " : "")
      + parts[
        parts.count - 1]
  }

  /// A count, rounded to three digits if it has more: 10,600.
  private static func roughly(_ count: Double) -> Double {
    var step = 1.0
    while count / step >= 1000 { step *= 10 }
    return step == 1 ? count : (count / step).rounded() * step
  }

  private func fit(_ device: String, before: DeviceFit.Verdict?) -> String {
    switch verdict {
    case .fits: return "The design still fits \(device)."
    case .tight: return "The design is then expected to fit \(device), but its upper bounds do not."
    case .doesNotFit:
      let missing = uses.filter { $0.missing > 0 }.map {
        NumberFormat.decimal($0.missing, places: $0.pool == .blockRAMs ? 1 : 0)
          + " \($0.pool.rawValue)"
      }
      let then =
        before == .doesNotFit ? "does not fit \(device) then either" : "then does not fit \(device)"
      return "The design \(then): it lacks "
        + missing.joined(separator: ", ") + "."
    }
  }
}
