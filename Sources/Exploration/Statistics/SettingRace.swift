import Foundation

/// Which settings of a sweep need no further seeds, because another is better in everything.
///
/// A setting is given up when some other one is more accurate *and* faster, each with the confidence that
/// is asked for: by Student's test of the difference of two means. How much seeds scatter is estimated
/// from all settings together, which says more than two or three seeds of one can; latencies are compared
/// by their logarithms, because slower settings scatter more. No accuracy is believed to scatter less than
/// its test samples do. The doubt is shared out over all rivals of a setting, and the k-th look spends
/// 1 / (k (k + 1)) of it, so that all looks together keep the confidence.
public struct SettingRace: Sendable {
  /// What came of one setting and seed.
  public struct Outcome: Hashable, Sendable {
    /// The part of the test samples that was right, 0...1.
    public var accuracy: Double
    /// Test samples.
    public var samples: Int
    /// The mean latency of a sample, s.
    public var latency: Double

    /// Creates an outcome.
    public init(accuracy: Double, samples: Int, latency: Double) {
      self.accuracy = accuracy
      self.samples = samples
      self.latency = latency
    }

    /// The outcome of a point; nil if it failed.
    public init?(_ point: SweepPoint) {
      guard let measurement = point.measurement, measurement.latencySeconds.mean > 0 else {
        return nil
      }
      self.init(
        accuracy: measurement.accuracy.share, samples: measurement.accuracy.samples,
        latency: measurement.latencySeconds.mean)
    }
  }

  /// A setting that is given up.
  public struct Loser: Hashable, Sendable {
    /// Which one.
    public var setting: Int
    /// The one that is better.
    public var rival: Int
  }

  private let confidence: Double
  private var looks = 0

  /// Creates a race.
  ///
  /// - Parameter confidence: with which settings are given up, 0..<1.
  public init(confidence: Double) { self.confidence = confidence }

  /// Looks at the outcomes so far.
  ///
  /// - Parameter outcomes: of each setting that is in the race, a seed each.
  /// - Returns: the settings to give up, each with the fastest one that is better.
  public mutating func look(at outcomes: [Int: [Outcome]]) -> [Loser] {
    looks += 1
    let settings = outcomes.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    let degrees = settings.reduce(0) { $0 + $1.value.count - 1 }
    guard settings.count > 1, degrees > 0 else { return [] }
    let entries = settings.map { setting, outcomes in
      Entry(
        setting: setting, accuracy: SampleMoments(outcomes.map(\.accuracy)),
        latency: SampleMoments(outcomes.map { log($0.latency) }),
        chance: outcomes.map { $0.accuracy * (1 - $0.accuracy) / Double(max($0.samples, 1)) }
          .max() ?? 0)
    }
    func pooled(_ moments: KeyPath<Entry, SampleMoments>) -> Double {
      entries.reduce(0) { sum, entry in
        sum + entry[keyPath: moments].variance * Double(entry[keyPath: moments].count - 1)
      } / Double(degrees)
    }
    let (accuracyScatter, latencyScatter) = (pooled(\.accuracy), pooled(\.latency))
    let doubt = (1 - confidence) / Double(looks * (looks + 1)) / Double(entries.count - 1)
    let quantile = StudentDistribution(degreesOfFreedom: Double(degrees)).quantile(1 - doubt)
    return entries.compactMap { entry in
      let better = entries.filter { rival in
        let share = 1 / Double(entry.accuracy.count) + 1 / Double(rival.accuracy.count)
        let gain = rival.accuracy.mean - entry.accuracy.mean
        let saving = entry.latency.mean - rival.latency.mean
        let scatter = max(accuracyScatter, entry.chance, rival.chance)
        return gain > quantile * (scatter * share).squareRoot() && gain > 0
          && saving > quantile * (latencyScatter * share).squareRoot() && saving > 0
      }
      return better.min { $0.latency.mean < $1.latency.mean }.map {
        Loser(setting: entry.setting, rival: $0.setting)
      }
    }
  }

  private struct Entry {
    var setting: Int
    var accuracy: SampleMoments
    /// Of the logarithm.
    var latency: SampleMoments
    /// The variance of an accuracy by the choice of the test samples.
    var chance: Double
  }
}
