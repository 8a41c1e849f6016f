import Foundation
import TestSupport
import Testing

/// `lockstep explore` as users meet it.
@Suite struct ExploreCommandTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"
  private static let trace = repository + "traces/digits-test-100.spikes"
  private static let space = repository + "hardware/spaces/digits-space.yaml"

  private func report(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// The design that is written is replayed with the latency that was promised.
  @Test func theBestDesignIsWrittenAndReplayed() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let (json, yaml) = (folder.path("front.json"), folder.path("best.yaml"))
    let found = try program.run([
      "explore", Self.space, "--trace", Self.trace, "--samples", "0..19", "--objective", "lut",
      "--require", "latency=300 us", "--json", json, "-o", yaml,
    ])
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output.contains("The best design by LUT"))
    #expect(found.output.contains("Proved, by pareto merging: of 4,410 designs"))
    #expect(found.output.contains("times as often") || found.output.contains("however often"))
    let result = try report(json)
    let front = try #require(result["front"] as? [[String: Any]])
    #expect(front.count == 1 && result["headroom"] != nil)
    let promised = try #require(front[0]["latencySeconds"] as? Double)
    #expect(promised <= 300e-6)

    let replayed = try program.run([
      "replay", Self.trace, "--hardware", yaml, "--samples", "0..19", "--json",
      folder.path("replay.json"), "--quiet",
    ])
    #expect(replayed.status == 0, "\(replayed.errors)")
    let latency = try #require(
      try report(folder.path("replay.json"))["latencySeconds"] as? [String: Any])
    let mean = try #require(latency["mean"] as? Double)
    #expect(abs(mean / promised - 1) < 1e-12)
  }

  @Test func threadsDoNotChangeTheResult() throws {
    let program = try LockstepProgram()
    let outputs = try ["1", "2"].map { threads in
      try program.run([
        "explore", Self.space, "--trace", Self.trace, "--samples", "0..9", "--objective",
        "latency-p99,lut,energy", "--threads", threads, "--json", "-",
      ])
    }
    #expect(outputs[0].status == 0, "\(outputs[0].errors)")
    #expect(outputs[0].output == outputs[1].output && outputs[0].output.contains("\"front\""))
  }

  @Test func whatFitsNothingIsSaid() throws {
    let program = try LockstepProgram()
    let found = try program.run([
      "explore", Self.space, "--trace", Self.trace, "--samples", "0..9", "--require", "bram36=2",
    ])
    #expect(found.status == 1, "\(found.errors)")
    #expect(
      found.output.contains("No design of the space keeps all limits. The closest one exceeds:"))
    #expect(found.output.contains("BRAM36 is") && found.output.contains("the limit is 2"))
    #expect(found.output.contains("no design of the space has less than"))
    #expect(found.output.contains("The closest design"))
  }

  @Test func networksAreChosenByTheirAccuracy() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    for theta in ["0.5", "1.5"] {
      let trained = try program.run([
        "train", "--preset", "digits", "--epochs", "1", "--train-samples", "100", "--test-samples",
        "30", "--theta", theta, "--name", "theta-\(theta)", "--output", folder.path(""), "--quiet",
      ])
      #expect(trained.status == 0, "\(trained.errors)")
    }
    let traces = ["0.5", "1.5"].map { folder.path("theta-\($0)-test.spikes") }
    let json = folder.path("front.json")
    let found = try program.run([
      "explore", Self.space, "--trace", traces[0], "--trace", traces[1], "--objective",
      "latency,accuracy,area", "--json", json, "--sensitivity", "--limit", "3",
    ])
    #expect(found.status == 0, "\(found.errors)")
    #expect(
      found.output.contains("Variants") && found.output.contains("If the estimates are wrong"))
    let result = try report(json)
    let variants = try #require(result["variants"] as? [[String: Any]])
    #expect(variants.compactMap { $0["trace"] as? String } == traces)
    #expect(variants.allSatisfy { $0["accuracy"] is Double })
    #expect(!(try #require(result["sensitivity"] as? [Any]).isEmpty))
  }

  @Test(arguments: [
    (["--objective", "speed"], "--objective is 'speed'; give one to three different ones of"),
    (["--objective", "latency,frame-rate"], "give one to three different ones of"),
    (["--require", "latency"], "--require is 'latency'; give one of"),
    (["--require", "latency=fast"], "give the longest time with its unit, such as '1 ms'"),
    (["--require", "accuracy=120 %"], "give the least part of the samples"),
    (["--pick", "0"], "--limit and --pick count from 1"),
    (["--evaluations", "3"], "--evaluations is 3; it must be from 100"),
    (["--search", "luck"], "luck"),
    (["--device", "XC1"], "'XC1' names no known device"),
    (["--samples", "0..500"], "500"),
  ])
  func badOptionsAreRefused(options: [String], message: String) throws {
    let program = try LockstepProgram()
    let found = try program.run(["explore", Self.space, "--trace", Self.trace] + options)
    #expect(found.status != 0 && found.status != 1)
    #expect(found.errors.contains(message), "\(found.errors)")
    #expect(found.output.isEmpty)
  }

  @Test func badSpacesAreRefused() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let none = try program.run(["explore", Self.space])
    #expect(none.status == 64 && none.errors.contains("The space names no trace"))
    let missing = try program.run(["explore", folder.path("no.yaml"), "--trace", Self.trace])
    #expect(missing.status == 2 && missing.errors.contains("no.yaml"), "\(missing.errors)")
    let foreign = try folder.write("hardware: \(Self.trace)\n", to: "foreign.yaml")
    let refused = try program.run(["explore", foreign, "--trace", Self.trace])
    #expect(refused.status == 2 && !refused.errors.isEmpty, "\(refused.errors)")
    let cut = try folder.write("hardware: [\n", to: "cut.yaml")
    let broken = try program.run(["explore", cut, "--trace", Self.trace])
    #expect(broken.status == 2 && broken.errors.contains("cut.yaml"), "\(broken.errors)")
  }
}
