import Exploration
import Reports

/// A sweep that goes through its seeds one after the other, and leaves out what has lost.
///
/// Decisions fall between two seeds, when all points of the first are there, so that they do not depend on
/// threads or processes.
struct SweepRaceRun {
  /// With which settings are given up.
  static let confidence = 0.99

  let plan: SweepPlan
  /// Runs the points of a part of the plan.
  let run: (SweepPlan) async throws -> [SweepPoint]
  let note: (String) -> Void

  /// Runs the points of all settings that are in the race.
  ///
  /// - Returns: the points, seed by seed.
  /// - Throws: what running them throws.
  func points() async throws -> [SweepPoint] {
    var settings: [[SweepSpecification.Option]] = []
    var positions: [[SweepSpecification.Option]: Int] = [:]
    for job in plan.jobs where positions[job.choices] == nil {
      positions[job.choices] = settings.count
      settings.append(job.choices)
    }
    var seeds: [UInt64] = []
    for job in plan.jobs where !seeds.contains(job.seed) { seeds.append(job.seed) }
    var race = SettingRace(confidence: Self.confidence)
    var outcomes: [Int: [SettingRace.Outcome]] = [:]
    var lost: Set<Int> = []
    var points: [SweepPoint] = []
    for (round, seed) in seeds.enumerated() {
      let part = plan.only { job in
        job.seed == seed && !(positions[job.choices].map(lost.contains) ?? false)
      }
      let ended = try await run(part)
      points += ended
      let byKey = Dictionary(ended.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      for job in part.jobs {
        guard let point = byKey[job.key], let setting = positions[job.choices],
          let outcome = SettingRace.Outcome(point)
        else { continue }
        outcomes[setting, default: []].append(outcome)
      }
      guard round > 0, round + 1 < seeds.count else { continue }
      for loser in race.look(at: outcomes.filter({ !lost.contains($0.key) })) {
        lost.insert(loser.setting)
        note(
          "\(text(settings[loser.setting])) is given up after "
            + "\(NumberFormat.amount(round + 1, of: "seed")): \(text(settings[loser.rival])) is more "
            + "accurate and faster, each with \(NumberFormat.percent(Self.confidence)) confidence")
      }
    }
    if !lost.isEmpty {
      let spared = plan.jobs.count - points.count
      note(
        "\(lost.count) of \(NumberFormat.amount(settings.count, of: "setting")) were given up, which "
          + "spared \(NumberFormat.amount(spared, of: "point"))")
    }
    return points
  }

  /// `beta 0.5, theta 1.5`.
  private func text(_ choices: [SweepSpecification.Option]) -> String {
    choices.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }
}
