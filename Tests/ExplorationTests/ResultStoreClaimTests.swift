import Exploration
import Foundation
import GRDB
import TestSupport
import Testing

/// Several owners of one store: who may run a point, and who no longer counts.
@Suite struct ResultStoreClaimTests {
  private func edit(_ path: String, _ statement: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: statement) }
    try queue.close()
  }

  @Test func aPointIsRunByOne() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let (first, second) = (
      try ResultStore(path: path, for: .writing), try ResultStore(path: path, for: .writing)
    )
    #expect(try first.claim("a") == .granted)
    guard case .taken(let owner) = try second.claim("a") else {
      Issue.record("a claim was granted twice")
      return
    }
    #expect(owner.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
    #expect(try second.claim("b") == .granted)
    #expect(try second.takenKeys() == ["a", "b"])

    let point = ExamplePoint.measured("a")
    try first.append(point)
    #expect(try second.claim("a") == .ended(point))
    try second.releaseClaim("b")
    #expect(try first.claim("b") == .granted)
    try second.releaseClaims()
    guard case .taken = try second.claim("b") else {
      Issue.record("the claim of another was given back")
      return
    }
    try first.releaseClaims()
    #expect(try second.claim("b") == .granted)
  }

  @Test func claimsOfTheDeadAreTakenOver() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let (first, second) = (
      try ResultStore(path: path, for: .writing), try ResultStore(path: path, for: .writing)
    )
    func isTaken() throws -> Bool {
      let answer = try second.claim("a")
      if answer == .granted { try second.releaseClaim("a") }
      return answer != .granted
    }
    for (change, counts) in [
      // Another process with the same number, or none.
      ("process_start = '1'", false), ("process = 2147483647", false),
      // On another machine nobody can see: the heartbeat decides.
      ("process_start = '1', process_space = 'elsewhere'", true),
      ("process_space = 'elsewhere', heartbeat_at = heartbeat_at - 250", true),
      ("process_space = 'elsewhere', heartbeat_at = heartbeat_at - 301", false),
      // A process that hangs.
      ("heartbeat_at = heartbeat_at - 301", false),
      ("heartbeat_at = heartbeat_at", true),
    ] {
      #expect(try first.claim("a") == .granted)
      try edit(path, "UPDATE claims SET \(change)")
      #expect(try isTaken() == counts, "\(change)")
      #expect(try second.remove(PointRemoval(), isDryRun: false).staleClaims == 0)
      try edit(path, "DELETE FROM claims")
    }
    #expect(try first.claim("a") == .granted)
    try edit(path, "UPDATE claims SET process_start = '1'")
    #expect(try second.takenKeys().isEmpty)
    #expect(try second.remove(PointRemoval(), isDryRun: false).staleClaims == 1)
  }

  @Test func aFileOfLinesHasClaimsOfItsOwnProcess() throws {
    let folder = try TemporaryFolder()
    let file = try SweepResultsFile(path: folder.path("a.jsonl"))
    #expect(try file.claim("a") == .granted)
    guard case .taken = try file.claim("a") else {
      Issue.record("a claim was granted twice")
      return
    }
    try file.releaseClaim("a")
    #expect(try file.claim("a") == .granted)
    let point = ExamplePoint.measured("a")
    #expect(try file.append(point) == .added)
    #expect(try file.append(point) == .known)
    #expect(try file.claim("a") == .ended(point))
    #expect(try file.points(["a", "b"], of: "another") == ["a": point])
  }

  @Test func manyThreadsAddEveryPointOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    var generator = SeededGenerator(seed: 9)
    let points = ExamplePoint.random(60, using: &generator)
    // All open the store at once, too: there is no file yet.
    let additions = try await withThrowingTaskGroup(of: [PointAddition].self) { group in
      for shift in 0..<6 {
        group.addTask {
          let store = try ResultStore(path: path, for: .writing)
          return try (points[(shift * 10)...] + points[..<(shift * 10)]).map { point in
            try store.append(point)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(additions.count { $0 == .added } == 60 && additions.count { $0 == .known } == 300)
    let stored = try ResultStore(path: path, for: .reading).points()
    #expect(Set(stored) == Set(points) && stored.count == 60)
  }
}
