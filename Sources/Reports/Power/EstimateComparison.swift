import PowerEstimation

/// What two accelerators need and draw, one beside the other.
public struct EstimateComparison: Sendable {
  let before: PoweredReplay.Estimates
  let after: PoweredReplay.Estimates

  /// Compares two replays; nil if not both have estimates.
  public init?(_ before: PoweredReplay, _ after: PoweredReplay) {
    guard let first = before.estimates, let second = after.estimates else { return nil }
    self.before = first
    self.after = second
  }

  /// The table as text.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle) -> String { table.rendered(style) }

  var table: TextTable {
    var table = TextTable(
      title: "What they need and draw",
      explanation:
        "Most likely values; power and energy are vectorless unless it says otherwise. On "
        + "one accelerator their ratio is better known than either of them.",
      columns: [.text("figure"), .number("before"), .number("after"), .number("change")])
    func append(_ name: String, _ figure: (PoweredReplay.Estimates) -> Double?) {
      guard let old = figure(before), let new = figure(after), old != 0 || new != 0 else { return }
      let change = old == 0 ? "" : (new >= old ? "+" : "") + NumberFormat.percent(new / old - 1)
      table.append([name, NumberFormat.significant(old), NumberFormat.significant(new), change])
    }
    append("LUT") { $0.resources.total.value.tables }
    append("FF") { $0.resources.total.value.flipFlops }
    append("BRAM36") { $0.resources.total.value.blockRAMs }
    append("URAM") { $0.resources.total.value.ultraRAMs }
    append("DSP") { $0.resources.total.value.multipliers }
    append("power [W]") { $0.power.vectorless.power.value }
    append("energy an image [µJ]") { $0.power.vectorless.energyPerImage.value * 1e6 }
    append("the same from activity [µJ]") {
      $0.power.activity.map { $0.energyPerImage.value * 1e6 }
    }
    append("FPS/W [1/J]") { $0.power.vectorless.imagesPerJoule.value }
    append("energy x delay [nJ s]") { $0.power.vectorless.energyDelayProduct.value * 1e9 }
    table.append([
      "device", before.power.device.name, after.power.device.name,
      after.resources.device?.verdict.rawValue ?? "",
    ])
    return table
  }
}
