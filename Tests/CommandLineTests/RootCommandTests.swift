import TestSupport
import Testing

@Suite struct RootCommandTests {
  @Test(arguments: [["--help"], ["help"], []]) func helpShowsAPath(_ arguments: [String]) throws {
    let result = try LockstepProgram().run(arguments)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    for part in ["A TYPICAL PATH", "EXIT STATUS", "lockstep replay output/digits-test.spikes"] {
      #expect(result.output.contains(part))
    }
  }

  @Test(arguments: ["train", "record", "trace", "replay", "validate"]) func everySubcommandTeaches(
    _ name: String
  ) throws {
    let result = try LockstepProgram().run([name, "--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("lockstep \(name)"))
    #expect(result.output.contains("EXAMPLES"))
  }

  @Test func versionIsPlain() throws {
    let result = try LockstepProgram().run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("lockstep "))
  }

  @Test(arguments: [["frob"], ["--frob"], ["replay"], ["replay", "--help-me"]])
  func whatMakesNoSenseIsUsage(_ arguments: [String]) throws {
    let result = try LockstepProgram().run(arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("--help"))
  }
}
