import Foundation
import TestSupport
import Testing

/// No reference value lies there unread: every key of every file belongs to a test.
@Suite struct GoldenCoverageTests {
  /// What no test reads yet, with the reason.
  static let exceptions: [String: String] = [
    "opt_sam_adam": "sharpness-aware minimisation is not part of the trainer yet"
  ]

  /// The network and batch that all arrays of a file share.
  static let common: Set = ["W1", "b1", "W2", "b2", "x", "y"]

  @Test func theFixturesAreTheOnesThatTestsRead() throws {
    let folder = Fixture.url("README.md").deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let suites = GoldenGradientTests.suites.map(\.0) + ["extra"]
    let expected = suites.flatMap { ["\($0).json.zst", "\($0).npz.zst"] }
    #expect(Set(files) == Set(expected + ["README.md", "readable_case.json.zst"]))
  }

  @Test("arrays of the crossed files", arguments: GoldenGradientTests.suites.map(\.0))
  func arraysOfSuites(name: String) throws {
    let suite = try GoldenSuite(name)
    var covered = Self.common
    for forward in suite.index.cases {
      for part in ["spk1", "mem1", "spk2", "mem2"] { covered.insert("\(forward.forward).\(part)") }
      for gradient in forward.grads {
        for part in ["loss", "gW1", "gb1", "gW2", "gb2", "gx"] {
          covered.insert("\(gradient.key).\(part)")
        }
      }
    }
    #expect(Set(suite.archive.names).symmetricDifference(covered).isEmpty)
  }

  @Test func casesOfTheExtraFile() throws {
    let json = try JSONSerialization.jsonObject(with: Fixture.data("extra.json.zst"))
    let cases = try #require(json as? [String: Any])
    let covered =
      GoldenExtraTests.learned.map(\.0) + GoldenExtraTests.immediate.map(\.0)
      + GoldenExtraTests.membranes.map(\.0) + GoldenOptimiserTests.traces.map(\.0)
    // The settings of the optimisers are prose.
    let known = Set(covered + Self.exceptions.keys + ["optimiser_settings"])
    #expect(Set(cases.keys).symmetricDifference(known).isEmpty)

    var arrays = Self.common
    for (key, _) in GoldenExtraTests.learned {
      arrays.formUnion(["spk1", "spk2", "gW1"].map { "\(key).\($0)" })
    }
    for (key, _) in GoldenExtraTests.immediate {
      arrays.formUnion(["spk1", "mem1", "spk2", "mem2", "gW1", "gW2"].map { "\(key).\($0)" })
    }
    for (key, _) in GoldenExtraTests.membranes {
      arrays.formUnion(["mem2", "gW1", "gb1", "gW2", "gb2"].map { "\(key).\($0)" })
    }
    for key in GoldenOptimiserTests.traces.map(\.0) + Self.exceptions.keys {
      arrays.formUnion(["W1", "b1", "W2", "b2"].map { "\(key).\($0)" })
    }
    let archive = try GoldenSuite.extra().archive
    #expect(Set(archive.names).symmetricDifference(arrays).isEmpty)
  }
}
