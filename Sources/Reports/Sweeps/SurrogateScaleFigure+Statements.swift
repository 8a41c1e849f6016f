import Exploration

extension SurrogateScaleFigure {
  /// How much less than the weaker surrogate's best is still the same accuracy: one point.
  private static let tolerance = 0.01

  /// What the figure shows in these results.
  public var statements: [String] {
    [
      points.chanceStatement(series.flatMap(\.groups)), bestStatement, matchedStatement,
      rangeStatement, efficiencyStatement,
    ].compactMap { $0 }
  }

  private func named(_ group: SweepGroup) -> String {
    "\(group.hyperparameters.surrogate) at scale \(scale(group))"
  }

  private func scale(_ group: SweepGroup) -> String {
    let scale = group.hyperparameters.scale ?? 0
    return scale == scale.rounded() ? NumberFormat.decimal(scale, places: 0) : "\(scale)"
  }

  private var bestStatement: String {
    "Most accurate: "
      + series.map { "\(named($0.best)) with \(NumberFormat.percent($0.best.accuracy))" }
      .joined(separator: ", ") + "."
  }

  /// Which of two surrogates fires less where both are equally accurate.
  private var matchedStatement: String? {
    guard series.count == 2, let weaker = series.map(\.best.accuracy).min() else { return nil }
    let floor = weaker - Self.tolerance
    let sparsest = series.compactMap { $0.sparsest(accuracy: floor) }
    guard sparsest.count == 2, sparsest.allSatisfy({ $0.firingRate > 0 }) else { return nil }
    let (first, second) = (sparsest[0], sparsest[1])
    // The paper's favourite is the subject of the sentence, whether it does better or not.
    let (own, other) =
      second.hyperparameters.surrogate == "fast-sigmoid" ? (second, first) : (first, second)
    let difference = own.firingRate / other.firingRate - 1
    let amount = NumberFormat.percent(abs(difference))
    let change =
      abs(difference) < 0.005
      ? "as much as" : "\(amount) \(difference < 0 ? "less" : "more") than"
    var text =
      "At matched accuracy (at least \(NumberFormat.percent(floor)), a point below the weaker one's "
      + "best) \(named(own)) fires \(change) \(named(other)): "
      + "\(NumberFormat.decimal(own.firingRate * 100, places: 2)) % of the neurons in a time step "
      + "against \(NumberFormat.decimal(other.firingRate * 100, places: 2)) %"
    let (ranges, others) = (own.range(\.firingRate), other.range(\.firingRate))
    if own.measurements.count < 2 {
      text += "; with one seed, chance cannot be told from effect"
    } else if ranges.overlaps(others) {
      text += "; their seeds overlap, so that this may be chance"
    }
    return text + "."
  }

  private var rangeStatement: String {
    "From the smallest to the largest scale accuracy goes "
      + series.map { series in
        let accuracies = series.groups.map(\.accuracy)
        let ends = [series.groups[0], series.groups[series.groups.count - 1]]
        return "for \(series.surrogate) from \(NumberFormat.percent(ends[0].accuracy)) to "
          + "\(NumberFormat.percent(ends[1].accuracy)) (lowest "
          + "\(NumberFormat.percent(accuracies.min() ?? 0)))"
      }.joined(separator: ", ") + "."
  }

  private var efficiencyStatement: String? {
    guard let best = series.map(\.best).max(by: { $0.accuracy < $1.accuracy }),
      let thriftiest = series.flatMap(\.groups)
        .filter({ $0.accuracy >= best.accuracy - Self.tolerance })
        .max(by: { $0.efficiency < $1.efficiency })
    else { return nil }
    let text =
      "Within a point of the best accuracy, \(named(thriftiest)) is the most efficient with "
      + "\(NumberFormat.significant(thriftiest.efficiency)) FPS/W"
    let gain = thriftiest.efficiency / best.efficiency - 1
    return gain < 0.005
      ? text + "." : text + ", \(NumberFormat.percent(gain)) more than the most accurate setting."
  }

  /// What the paper's text says of the same experiment.
  var findings: [PublishedFinding] {
    let arctangent = series.first { $0.surrogate == "arctangent" }?.groups.last
    let sigmoid = series.first { $0.surrogate == "fast-sigmoid" }
    return [
      PublishedFinding(
        subject: "arctangent at large scales",
        published: "accuracy below 20 % at scales above 32",
        here: arctangent.map {
          "\(NumberFormat.percent($0.accuracy)) at scale \(scale($0)), the largest here"
        }, source: PublishedFinding.seed),
      PublishedFinding(
        subject: "fast sigmoid at default beta 0.25, theta 1",
        published:
          "11 % more FPS/W than the accelerator of Ye et al., at higher accuracy than its 82.15 % "
          + "on SVHN",
        here: sigmoid.map {
          "\(NumberFormat.significant($0.best.efficiency)) FPS/W and "
            + "\(NumberFormat.percent($0.best.accuracy)) at scale \(scale($0.best)), on other data and "
            + "hardware: no ratio can be formed"
        },
        source: PublishedFinding.seed + "; Ye, Chen, Liu, TCAD 42(2) 2023, abstract"),
      PublishedFinding(
        subject: "range of the sweep", published: "0.5 to 32, both surrogates",
        here: series.map {
          "\($0.surrogate) " + $0.groups.map { scale($0) }.joined(separator: ", ")
        }.joined(separator: "; "), source: PublishedFinding.seed),
    ]
  }
}
