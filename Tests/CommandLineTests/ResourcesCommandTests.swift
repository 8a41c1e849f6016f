import Foundation
import TestSupport
import Testing

/// `lockstep resources` as users run it.
struct ResourcesCommandTests {
  private let folder: TemporaryFolder
  private let trace: String
  private let hardware: String
  private let program: LockstepProgram

  init() throws {
    folder = try TemporaryFolder()
    trace = try RandomTrace.write(samples: 1, to: folder.path("t.spikes"))
    hardware = try folder.write(RandomTrace.hardware, to: "h.yaml")
    program = try LockstepProgram()
  }

  private let network = """
    name: tiny
    input: 2x8x8
    time-steps: 4
    classes: 10
    neurons: {model: leaky, beta: 0.5, threshold: 1, reset: subtract}
    layers: 4C3-P2-10

    """

  @Test func traceAndNetworkGiveTheSame() throws {
    let path = try folder.write(network, to: "n.yaml")
    let ofTrace = try program.run(["resources", hardware, "--trace", trace, "--json", "-"])
    let ofNetwork = try program.run(["resources", hardware, "--network", path, "--json", "-"])
    #expect(ofTrace.status == 0 && ofTrace.errors.isEmpty)
    #expect(ofNetwork.output == ofTrace.output)
    #expect(ofTrace.output.contains("\"schemaVersion\" : 1"))
  }

  @Test func tablesNameLayersComponentsAndDevice() throws {
    let result = try program.run([
      "resources", hardware, "--trace", trace, "--device", "XC7Z020",
    ])
    #expect(result.status == 0)
    for text in [
      "conv1", "membrane potentials", "packing", "Use of XC7Z020", "It fits XC7Z020", "note:",
    ] {
      #expect(result.output.contains(text), "\(text)")
    }
  }

  @Test func whatDoesNotFitIsNoError() throws {
    let small = """
      name: tiny-device
      family: made up
      memories: 7-series
      look-up-tables: 4400
      flip-flops: 3000
      block-rams: 4
      ultra-rams: 0
      multipliers: 0
      voltage: 1 V
      static-power: {value: 0.1 W, low: 0.1 W, high: 0.1 W}
      static-source: made up
      coefficients: 7-series
      source: made up

      """
    let device = try folder.write(small, to: "tiny.yaml")
    let result = try program.run(["resources", hardware, "--trace", trace, "--device", device])
    #expect(result.status == 0)
    #expect(result.output.contains("It does not fit tiny-device: it lacks"))
    #expect(result.output.contains("processing-elements of conv1 from 2 to 1"))
  }

  @Test func whatIsWrongIsSaid() throws {
    let both = try program.run(["resources", hardware])
    #expect(both.status == 64)
    let unknown = try program.run([
      "resources", hardware, "--trace", trace, "--device", "XC4000",
    ])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("use one of XC7A100T"))
    let bits = try program.run([
      "resources", hardware, "--trace", trace, "--weight-bits", "0",
    ])
    #expect(bits.status == 64)
  }
}
