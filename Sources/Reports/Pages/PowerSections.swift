import Accelerator
import PowerEstimation

/// The part of a page that says what the accelerator needs and draws.
struct PowerSections {
  let estimates: PoweredReplay.Estimates
  /// The answers of the network that are right, 0...1, if that is known.
  let accuracy: Double?
  /// Power over the time of one sample, if trace and hardware are at hand.
  let overTime: PowerTimeline?
  /// The published accelerators to compare with.
  let published: [PublishedAccelerator]

  private var power: PowerReport { estimates.power }

  /// What a reader in a hurry needs to know.
  var verdict: [String] {
    let papers = power.vectorless
    var text =
      "On \(power.device.name) it draws \(QuantityFormat.interval(papers.power, "W")) by the vectorless "
      + "estimate that papers report: \(QuantityFormat.interval(papers.energyPerImage, "J")) an "
      + "image, \(NumberFormat.significant(papers.imagesPerJoule.value)) FPS/W."
    if let activity = power.activity {
      text +=
        " From what the simulation counted: \(QuantityFormat.interval(activity.power, "W")), "
        + "\(QuantityFormat.text(activity.energyPerImage.value, "J")) an image."
    }
    return estimates.upgrades.prefix(1).map { $0.sentence(of: estimates) } + [text]
  }

  /// What is wrong with the device.
  var warnings: [String] {
    guard let fit = estimates.resources.device, fit.verdict != .fits else { return [] }
    return [(fit.verdictText + " " + fit.suggestionText).trimmed]
  }

  /// The sections, without titles that tell several replays apart.
  var sections: [Page.Section] {
    var sections: [Page.Section] = []
    let resources = estimates.resources
    if let fit = resources.device, let chart = resources.deviceChart {
      sections.append(
        Page.Section(
          "What it needs of \(fit.device)",
          explanation:
            "Estimated resources of each layer as a part of what the device has; the line "
            + "spans the bounds of the whole. \(fit.verdictText) \(fit.suggestionText)".trimmed,
          charts: [chart], tables: [fit.useTable, resources.layerTable], foldsTables: true))
    }
    sections.append(
      Page.Section(
        "Power and energy",
        explanation: "Vectorless, as published results are made: resources x clock x coefficient, "
          + "whatever the spikes are. From activity: what the simulation counted. Lines span the "
          + "bounds. \(power.notes.map { $0.sentence }.joined(separator: " "))",
        charts: [power.powerChart], tables: [power.figureTable]))
    let details =
      [power.layerEnergyChart].compactMap { $0 }
      + power.figures.enumerated().map { index, entry in
        power.contributionChart("energy-\(index + 1)", entry.name, entry.figures)
      }
    sections.append(
      Page.Section(
        "Where the energy goes",
        explanation:
          "The energy of a mean image: what the work of each layer takes, then what each coefficient "
          + "adds. Every part is a count times a coefficient; the table at the end of this page lists "
          + "the coefficients with their sources.",
        charts: details,
        tables: power.contributionTables + (power.layers.isEmpty ? [] : [power.layerTable]),
        foldsTables: true))
    if let overTime {
      sections.append(
        Page.Section(
          "Power over time of sample \(overTime.sample)",
          explanation: overTime.explanation, charts: overTime.charts))
    }
    let comparison = PublishedComparison(power, accuracy: accuracy, with: published)
    if !published.isEmpty {
      sections.append(
        Page.Section(
          "Beside published accelerators", explanation: comparison.explanation,
          charts: comparison.charts, tables: [comparison.table], foldsTables: true))
    }
    return sections
  }
}

extension String {
  /// Without spaces and line breaks at its ends, and with single spaces for line breaks in it.
  fileprivate var trimmed: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// With a capital letter at its beginning and a full stop at its end.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
