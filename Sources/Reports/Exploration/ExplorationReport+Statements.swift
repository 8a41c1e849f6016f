import Exploration
import Foundation

/// The result in words, with numbers.
extension ExplorationReport {
  /// What a reader in a hurry reads first.
  var statements: [String] {
    guard !front.isEmpty else { return shortfallText + [proofText] }
    return bestStatements + [kneeStatement].compactMap(\.self) + [limitStatement].compactMap(\.self)
      + headroomText + [proofText]
  }

  /// What a reader must know before building a design.
  var pageWarnings: [String] {
    let losing = front.count { ($0.lostFrames ?? 0) > 0 }
    guard losing > 0 else { return [] }
    return [
      "\(NumberFormat.count(losing)) of the \(NumberFormat.amount(front.count, of: "design")) "
        + "lose finished frames of these samples, as the published hardware does; "
        + "--require lost-frames=0 leaves them out."
    ]
  }

  /// What was searched, in one sentence.
  var subject: String {
    func names(_ paths: [String]) -> String {
      Set(paths.map { URL(fileURLWithPath: $0).lastPathComponent }).sorted().joined(separator: ", ")
    }
    let (files, traces) = (names(variants.map(\.hardware)), names(variants.map(\.trace)))
    let samples = Set(variants.map(\.samples)).sorted().map(NumberFormat.count)
    return "\(NumberFormat.amount(certificate.designs, of: "design")) around \(files)"
      + (device.map { " on \($0)" } ?? "") + ", measured with "
      + samples.joined(separator: " and ") + " samples of \(traces)."
  }

  /// One sentence for each design that is the best by something.
  private var bestStatements: [String] {
    var order: [Int] = []
    var measures: [Int: [DesignMeasure]] = [:]
    for measure in objectives {
      guard let best = best(by: measure) else { continue }
      if measures[best] == nil { order.append(best) }
      measures[best, default: []].append(measure)
    }
    return order.map { position in
      let own = measures[position] ?? []
      let values = own.map { measure in
        "\(measure.label) (\(text(measure, of: front[position])))"
      }
      let others = objectives.filter { !own.contains($0) }.map {
        "\(text($0, of: front[position])) \($0.unit.isEmpty ? $0.label : "of \($0.label)")"
      }
      return "Design \(position + 1) is the best by \(values.joined(separator: " and "))"
        + (others.isEmpty ? "" : ", with " + others.joined(separator: " and "))
        + ": \(conditions(of: front[position]))."
    }
  }

  private var kneeStatement: String? {
    guard let knee else { return nil }
    let design = front[knee]
    let values = objectives.map { measure in
      var text = "\(measure.label) \(text(measure, of: design))"
      if let best = best(by: measure), let least = value(measure, of: front[best]), least > 0,
        let value = value(measure, of: design)
      {
        text += " (\(NumberFormat.decimal(value / least, places: 2)) times the least)"
      }
      return text
    }
    return "Design \(knee + 1) is the knee of the front, nearest to the best of everything: "
      + values.joined(separator: ", ") + "; \(conditions(of: design))."
  }

  private var limitStatement: String? {
    guard !constraints.isEmpty else {
      return "There is no limit: no device is named, and none is asked."
    }
    let cutting = certificate.excluded.filter { $0.designs > 0 }
    guard !cutting.isEmpty else { return "No limit excludes a design." }
    let designs = Double(max(certificate.designs, 1))
    let words = cutting.map {
      "\(Self.text($0.constraint)) (\(Self.share(Double($0.designs) / designs)) of the space)"
    }
    return "The limits that cut, each design counted at the first one that it exceeds: "
      + words.joined(separator: ", ") + "."
  }

  private static func share(_ share: Double) -> String {
    share < 0.0005 ? "less than 0.1 %" : NumberFormat.percent(share)
  }

  /// A value of a design with its unit.
  func text(_ measure: DesignMeasure, of design: Design) -> String {
    value(measure, of: design).map { Self.value($0, measure) } ?? "?"
  }

  /// The allocation, the clock if there are several, and the variant likewise.
  private func conditions(of design: Design) -> String {
    var text = allocation(of: design)
    if Set(variants.flatMap(\.clocks)).count > 1 {
      text += " at \(NumberFormat.frequency(design.clockHertz))"
    }
    if variants.count > 1 { text += " (\(variantNames[design.variant]))" }
    return text
  }
}
