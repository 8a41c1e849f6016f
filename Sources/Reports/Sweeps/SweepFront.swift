import Exploration
import PowerEstimation

/// The settings of a sweep, and those of them that no other is both more accurate and cheaper than.
struct SweepFront: Sendable {
  /// The confidence of all intervals.
  static let confidence = 0.95

  /// Points that differ in nothing but the seed.
  struct Setting: Sendable {
    let group: SweepGroup
    /// What varies, in the order of ``SweepFront/names``; nil where this setting has no such constant.
    let values: [String?]
    /// The training of the first seed.
    let command: String
    /// What other test samples would give: Wilson's interval for the test samples of one seed, since all
    /// seeds are tested with the same.
    let accuracy: ConfidenceInterval?
    /// What other seeds would give: Student's interval over the seeds, s; nil for one seed.
    let seconds: ConfidenceInterval?
    /// The same of the energy of an image, J.
    let joules: ConfidenceInterval?

    /// The energy of an image by the vectorless estimate, J.
    var energy: Double { group.mean { $0.vectorless.joulesPerImage.value } }
  }

  /// What varies beside the seed, in the order of tables.
  let names: [String]
  /// The settings in the order in which they first appear.
  let settings: [Setting]

  init(_ points: [SweepPoint]) {
    let names = SweepTable(points).varyingNames.filter { $0 != "seed" }
    func values(_ point: SweepPoint) -> [String?] {
      names.map { point.named[$0] }
        + [point.provenance.dataFingerprint, point.measurement?.platform.name]
    }
    var order: [[String?]] = []
    var members: [[String?]: [SweepPoint]] = [:]
    for point in points where point.measurement != nil {
      let key = values(point)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(point)
    }
    self.names = names
    settings = order.compactMap { key in
      let points = (members[key] ?? []).sorted { $0.seed < $1.seed }
      let groups = SweepGroup.groups(of: points) { _ in 0 }
      guard let first = points.first, let group = groups.first else { return nil }
      let measurements = group.measurements
      let tested = measurements.map(\.accuracy.samples).min() ?? 0
      return Setting(
        group: group, values: names.map { first.named[$0] }, command: first.provenance.command,
        accuracy: ConfidenceInterval(
          ofShare: Int((group.accuracy * Double(tested)).rounded()), of: tested,
          confidence: Self.confidence),
        seconds: ConfidenceInterval(
          ofMean: measurements.map(\.latencySeconds.mean), confidence: Self.confidence),
        joules: ConfidenceInterval(
          ofMean: measurements.map(\.vectorless.joulesPerImage.value), confidence: Self.confidence))
    }
  }

  /// `beta 0.5, theta 1.5`.
  func text(_ setting: Setting) -> String {
    let words = zip(names, setting.values).compactMap { name, value in value.map { "\(name) \($0)" }
    }
    return words.isEmpty ? "the only setting" : words.joined(separator: ", ")
  }

  /// Settings that no other is at least as accurate and as cheap as, and better in one of them; the
  /// cheapest first.
  ///
  /// - Parameter cost: what a setting costs; less is better.
  /// - Returns: their positions.
  func front(_ cost: (Setting) -> Double) -> [Int] {
    let order = settings.indices.sorted { left, right in
      let (a, b) = (settings[left], settings[right])
      return (cost(a), -a.group.accuracy, left) < (cost(b), -b.group.accuracy, right)
    }
    var best = -Double.infinity
    return order.filter { position in
      guard settings[position].group.accuracy > best else { return false }
      best = settings[position].group.accuracy
      return true
    }
  }

  /// The most accurate setting; of equally accurate ones the fastest.
  var best: Setting? {
    settings.max {
      ($0.group.accuracy, -$0.group.seconds) < ($1.group.accuracy, -$1.group.seconds)
    }
  }
}
