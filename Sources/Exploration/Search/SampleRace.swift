/// Evaluates designs with few samples first, and gives up those that are worse than another with great
/// confidence.
///
/// Cycles of the same samples are compared in pairs: the differences scatter much less than the cycles,
/// because what is much work for one design is much for another. A design is given up if the mean
/// difference to a rival is above zero by more than its confidence bound. The k-th look at a design
/// spends 1 / (k (k + 1)) of the doubt, so that all looks together keep the confidence, however many
/// there are.
package struct SampleRace {
  /// What came out.
  package enum Outcome {
    /// All samples were worked off: their cycles, and those that 99 % of them keep.
    case finished(cycles: Double, tail: Double)
    /// A rival is better.
    case givenUp
    /// A sample is never worked off.
    case neverFinishes
  }

  /// A design whose cycles are known for all samples.
  package struct Rival {
    /// What counts beside the cycles.
    package var others: DesignCost
    /// Cycles of every sample.
    var cycles: [UInt64]
    fileprivate var total: Double
  }

  /// Samples that were not looked at because a design was given up.
  package private(set) var spared: UInt64 = 0
  private var rivals: [Rival] = []
  private var cycles: [UInt64]
  private let doubt: Double
  /// Of Student's distribution, look by look.
  private var quantiles: [Double] = []
  /// Fewer are too few to estimate how they scatter.
  private static let firstLook = 16
  private static let mostRivals = 64

  /// Creates a race.
  ///
  /// - Parameters:
  ///   - samples: how many there are.
  ///   - confidence: with which a design is given up, 0...1; 1 for never.
  package init(samples: Int, confidence: Double) {
    cycles = Array(repeating: 0, count: samples)
    doubt = 1 - confidence
    var seen = Self.firstLook
    while doubt > 0, seen < samples {
      let look = Double(quantiles.count + 1)
      quantiles.append(
        StudentDistribution(degreesOfFreedom: Double(seen - 1))
          .quantile(1 - doubt / (look * (look + 1))))
      seen *= 2
    }
  }

  /// Works off samples on the chosen design until it is given up.
  ///
  /// - Parameters:
  ///   - times: the design.
  ///   - isRival: whether a rival is as good as the design in everything but cycles.
  /// - Returns: what came out.
  package mutating func run(
    _ times: inout some SampleTimes, isRival: (Rival) -> Bool
  ) -> Outcome {
    // The hardest rival alone, chosen before anything of the design is known: one test a look.
    let rival =
      doubt > 0 && cycles.count >= 2 * Self.firstLook
      ? rivals.filter(isRival).min { $0.total < $1.total } : nil
    var (done, look) = (0, 0)
    var differences = SampleMoments()
    while done < cycles.count {
      let end = rival == nil ? cycles.count : min(cycles.count, max(Self.firstLook, 2 * done))
      guard times.cycles(of: done..<end, into: &cycles) else { return .neverFinishes }
      if let rival, end < cycles.count {
        look += 1
        for sample in done..<end {
          differences.add(Double(cycles[sample]) - Double(rival.cycles[sample]))
        }
        let bound = quantiles[look - 1] * differences.standardError
        if differences.mean > bound, differences.mean > 0 {
          spared += UInt64(cycles.count - end)
          return .givenUp
        }
      }
      done = end
    }
    var total = 0.0
    for count in cycles { total += Double(count) }
    var ordered = cycles
    return .finished(cycles: total, tail: Double(Percentile.tail(&ordered)))
  }

  /// Makes the design that was worked off last a rival of the next ones.
  package mutating func addRival(others: DesignCost) {
    guard doubt > 0 else { return }
    rivals.removeAll { rival in
      others.isAsGood(as: rival.others) && zip(cycles, rival.cycles).allSatisfy { $0 <= $1 }
    }
    if rivals.count >= Self.mostRivals { rivals.removeFirst() }
    let total = cycles.reduce(0.0) { $0 + Double($1) }
    rivals.append(Rival(others: others, cycles: cycles, total: total))
  }
}
