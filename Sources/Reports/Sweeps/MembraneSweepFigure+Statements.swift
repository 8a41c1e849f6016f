import Exploration

extension MembraneSweepFigure {
  /// What the figure shows in these results.
  public var statements: [String] {
    [points.chanceStatement(cells), tradeStatement, publishedStatement, rangeStatement]
      .compactMap { $0 }
  }

  /// `cuts latency by 43 % for 1.2 points of accuracy`.
  private func trade(_ cell: SweepGroup) -> String {
    let cut = 1 - cell.seconds / best.seconds
    let loss = (best.accuracy - cell.accuracy) * 100
    let latency =
      cut >= 0
      ? "cuts latency by \(NumberFormat.percent(cut))"
      : "lengthens latency by \(NumberFormat.percent(-cut))"
    return "\(latency) for \(NumberFormat.decimal(max(loss, 0), places: 1)) points of accuracy"
  }

  private var tradeStatement: String {
    let accurate =
      "the most accurate setting (\(Self.setting(best)): \(NumberFormat.percent(best.accuracy)), "
      + "\(NumberFormat.duration(best.seconds)))"
    guard recommended.seconds < best.seconds else {
      return
        "No setting within \(Self.acceptedPoints) of \(accurate) is faster."
    }
    let gain = recommended.efficiency / best.efficiency
    var text =
      "\(Self.setting(recommended)) \(trade(recommended)), against \(accurate), and gives "
      + "\(NumberFormat.decimal(gain, places: 2)) times the FPS/W"
    if recommended.measurements.count < 2 { text += " (one seed: chance is in it)" }
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// Whether these results have the paper's shape.
  private var publishedStatement: String {
    let cut = 1 - recommended.seconds / best.seconds
    let shape = cut >= 0.4 ? "is seen here" : "is not seen here"
    var text =
      "A cut of 40 % or more for at most \(Self.acceptedPoints), the shape of the paper's figure, \(shape)"
    if let paper = cell(beta: 0.5, theta: 1.5) {
      text += "; the paper's own choice, beta 0.5 and theta 1.5, \(trade(paper)) here"
    }
    return text + "."
  }

  private var rangeStatement: String? {
    guard let fastest = cells.min(by: { $0.seconds < $1.seconds }),
      let slowest = cells.max(by: { $0.seconds < $1.seconds }), fastest.seconds < slowest.seconds,
      let worst = cells.min(by: { $0.accuracy < $1.accuracy })
    else { return nil }
    return "Latency goes from \(NumberFormat.duration(fastest.seconds)) (\(Self.setting(fastest)), "
      + "\(NumberFormat.percent(fastest.accuracy))) to \(NumberFormat.duration(slowest.seconds)) "
      + "(\(Self.setting(slowest))), accuracy from \(NumberFormat.percent(worst.accuracy)) "
      + "(\(Self.setting(worst))) to \(NumberFormat.percent(best.accuracy))."
  }

  /// What the paper's text says of the same experiment.
  var findings: [PublishedFinding] {
    let (chosen, tuned, plain) = (
      cell(beta: 0.5, theta: 1.5), cell(beta: 0.7, theta: 1.5), cell(beta: 0.25, theta: 1)
    )
    func ratio(_ cell: SweepGroup, _ other: SweepGroup) -> String {
      NumberFormat.decimal(cell.efficiency / other.efficiency, places: 2)
    }
    func points(_ difference: Double) -> String {
      let text = NumberFormat.decimal(abs(difference) * 100, places: 2)
      return difference < 0 ? "\(text) points less accurate" : "\(text) points more accurate"
    }
    var tunedHere: String?
    if let tuned, let plain {
      tunedHere =
        "\(ratio(tuned, plain)) times the FPS/W of beta 0.25, theta 1, and "
        + points(tuned.accuracy - plain.accuracy)
    }
    return [
      PublishedFinding(
        subject: "beta 0.5, theta 1.5 against the most accurate setting",
        published: "latency 48 % lower for 2.88 points of accuracy",
        here: chosen.map(trade), source: PublishedFinding.seed),
      PublishedFinding(
        subject: "recommended setting", published: "beta 0.5, theta 1.5",
        here: "\(Self.setting(recommended)): \(trade(recommended))", source: PublishedFinding.seed),
      PublishedFinding(
        subject: "beta 0.7, theta 1.5",
        published:
          "1.72 times the FPS/W of the accelerator of Ye et al. without loss of accuracy; the "
          + "default has 1.11 times, so that the tuned setting has 1.55 times that of the default "
          + "(our quotient)", here: tunedHere, source: PublishedFinding.seed),
    ]
  }
}
