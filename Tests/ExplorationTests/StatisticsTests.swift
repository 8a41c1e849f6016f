import Exploration
import Foundation
import TestSupport
import Testing

/// Confidence intervals, compared with tables and with how often they hold.
@Suite struct StatisticsTests {
  /// Quantiles from tables (R's qt and qnorm).
  @Test(arguments: [
    (1.0, 0.975, 12.706204736), (2, 0.995, 9.924843201), (5, 0.99, 3.364929997),
    (10, 0.95, 1.812461123), (30, 0.995, 2.749995654), (99, 0.995, 2.626405457),
    (1000, 0.975, 1.962339081),
  ])
  func quantilesOfStudentAreThoseOfTables(degrees: Double, share: Double, value: Double) {
    let distribution = StudentDistribution(degreesOfFreedom: degrees)
    #expect(abs(distribution.quantile(share) / value - 1) < 1e-9)
    #expect(abs(distribution.quantile(1 - share) / value + 1) < 1e-9)
    #expect(abs(distribution.cumulative(value) - share) < 1e-9)
  }

  @Test(arguments: [(0.5, 0.0), (0.975, 1.959963985), (0.995, 2.575829304), (0.9999, 3.719016485)])
  func quantilesOfTheNormalDistributionAreThoseOfTables(share: Double, value: Double) {
    #expect(abs(NormalDistribution.quantile(share) - value) < 1e-8)
    #expect(abs(NormalDistribution.quantile(1 - share) + value) < 1e-8)
  }

  /// Wilson's interval of 15 of 50 with 95 %: 0.1910 to 0.4375 (R's prop.test without correction).
  @Test func sharesHaveWilsonsInterval() throws {
    let interval = try #require(ConfidenceInterval(ofShare: 15, of: 50, confidence: 0.95))
    #expect(abs(interval.low - 0.19103) < 1e-5 && abs(interval.high - 0.43751) < 1e-5)
    let all = try #require(ConfidenceInterval(ofShare: 20, of: 20, confidence: 0.99))
    #expect(all.high == 1 && (0.7..<0.8).contains(all.low))
    #expect(ConfidenceInterval(ofShare: 0, of: 0, confidence: 0.95) == nil)
    #expect(ConfidenceInterval(ofMean: [1], confidence: 0.95) == nil)
  }

  /// Of many samples of a population, the interval of 95 % holds the mean in 95 % of all cases.
  @Test func intervalsHoldAsOftenAsTheySay() throws {
    var random = SeededGenerator(seed: 7)
    var (means, shares) = (0, 0)
    let trials = 4000
    for _ in 0..<trials {
      let values = (0..<8).map { _ in
        // Nearly normal: the sum of twelve uniform numbers.
        (0..<12).reduce(0.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) } + 4
      }
      let interval = try #require(ConfidenceInterval(ofMean: values, confidence: 0.95))
      if (interval.low...interval.high).contains(10) { means += 1 }
      let successes = (0..<60).count { _ in Double.random(in: 0..<1, using: &random) < 0.3 }
      let share = try #require(ConfidenceInterval(ofShare: successes, of: 60, confidence: 0.95))
      if (share.low...share.high).contains(0.3) { shares += 1 }
    }
    #expect(abs(Double(means) / Double(trials) - 0.95) < 0.012)
    #expect(abs(Double(shares) / Double(trials) - 0.95) < 0.02)
  }

  /// Settings that are no worse than others are seldom given up, even where one of the two measures is
  /// beyond doubt; those that are worse in both are, after few seeds.
  @Test func settingsThatAreNotWorseStayInTheRace() {
    var random = SeededGenerator(seed: 11)
    func noise() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
    /// Settings that were given up over four looks, of six: the last has other means.
    func givenUp(points: Double, slower: Double) -> Set<Int> {
      var race = SettingRace(confidence: 0.99)
      var outcomes: [Int: [SettingRace.Outcome]] = [:]
      var lost: Set<Int> = []
      for seed in 0..<5 {
        for setting in 0..<6 where !lost.contains(setting) {
          let isOther = setting == 5
          outcomes[setting, default: []].append(
            .init(
              accuracy: 0.8 - (isOther ? points / 100 : 0) + 0.01 * noise(), samples: 10_000,
              latency: (isOther ? slower : 1) * exp(0.05 * noise())))
        }
        guard seed > 0 else { continue }
        for loser in race.look(at: outcomes.filter { !lost.contains($0.key) }) {
          #expect(loser.rival != loser.setting && !lost.contains(loser.setting))
          lost.insert(loser.setting)
        }
      }
      return lost
    }
    let trials = 300
    let equal = (0..<trials).count { _ in !givenUp(points: 0, slower: 1).isEmpty }
    #expect(Double(equal) / Double(trials) < 0.02)
    // Much slower, but as accurate: only chance in the accuracy could end it.
    let slow = (0..<trials).count { _ in givenUp(points: 0, slower: 3).contains(5) }
    #expect(Double(slow) / Double(trials) < 0.03)
    let worse = (0..<trials).count { _ in givenUp(points: 10, slower: 2) == [5] }
    #expect(Double(worse) / Double(trials) > 0.97)
  }

  @Test func oneSeedDecidesNothing() {
    var race = SettingRace(confidence: 0.99)
    let outcomes: [Int: [SettingRace.Outcome]] = [
      0: [.init(accuracy: 0.9, samples: 1000, latency: 1)],
      1: [.init(accuracy: 0.1, samples: 1000, latency: 9)],
    ]
    #expect(race.look(at: outcomes).isEmpty)
    #expect(race.look(at: [:]).isEmpty)
  }

  @Test func momentsDoNotCancel() {
    let moments = SampleMoments([4, 7, 13, 16].map { 1e9 + $0 })
    #expect(moments.mean == 1e9 + 10 && moments.variance == 30 && moments.count == 4)
    #expect(SampleMoments().variance == 0)
  }

  @Test func narrowerIntervalsNeedMoreValues() throws {
    let values = (0..<100).map { 10 + Double($0 % 3) }
    let interval = try #require(ConfidenceInterval(ofMean: values, confidence: 0.99))
    let share = interval.halfWidth / interval.centre
    #expect(interval.valuesNeeded(forRelativeHalfWidth: share, from: 100) == 100)
    #expect(interval.valuesNeeded(forRelativeHalfWidth: share / 2, from: 100) == 400)
    let zero = ConfidenceInterval(low: -1, high: 1, confidence: 0.9)
    #expect(zero.valuesNeeded(forRelativeHalfWidth: 0.01, from: 5) == nil)
  }
}
