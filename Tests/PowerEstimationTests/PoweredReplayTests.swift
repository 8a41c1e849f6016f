import Accelerator
import Foundation
import PowerEstimation
import SpikeTraces
import TestSupport
import Testing

/// Replays with estimates: what more hardware costs, power over time, and their JSON.
struct PoweredReplayTests {
  private struct Example {
    var job: TraceReplay
    var report: ReplayReport
    var estimates: PoweredReplay.Estimates
  }

  private func example(
    _ hardware: String = RandomTrace.hardware, device name: String = "XCKU5P"
  ) async throws -> Example {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: try RandomTrace.write(samples: 3, to: folder.path("t.spikes")))
    let file = try HardwareFile(data: Data(hardware.utf8), path: "h.yaml")
    let job = try TraceReplay(of: trace, on: file)
    let report = try await job.report(
      threads: 1, extras: ReplayExtras(explains: true, hasBaseline: false))
    let design = HardwareDesign(job.hardware, network: trace.header)
    let device = try DeviceLibrary.device(name)
    let set = try DeviceLibrary.coefficients(of: device)
    let resources = ExampleDesigns.report(design, on: device)
    let power = PowerReport(
      report, resources: resources, design: design, device: device, coefficients: set)
    return Example(
      job: job, report: report,
      estimates: PoweredReplay.Estimates(
        power: power, resources: resources,
        upgrades: Upgrade.all(
          of: report, on: job.hardware, network: trace.header, resources: resources, power: power,
          coefficients: set)))
  }

  /// What an upgrade promises is what a replay with the larger hardware finds.
  @Test func upgradesKeepTheirPromise() async throws {
    let before = try await example()
    let upgrade = try #require(
      before.estimates.upgrades.first { $0.saving.parameter == "processing-elements" })
    #expect(upgrade.saving.layer == "conv1" && upgrade.saving.from == 2)
    let after = try await example(
      RandomTrace.hardware.replacingOccurrences(
        of: "processing-elements: 2,", with: "processing-elements: \(upgrade.saving.to),"))
    let (old, new) = (before.estimates.power, after.estimates.power)
    #expect(abs(upgrade.latencySeconds / new.latencySeconds - 1) < 1e-9)
    #expect(abs(upgrade.energyPerImage.value / new.vectorless.energyPerImage.value - 1) < 1e-9)
    let watts = new.vectorless.power.value - old.vectorless.power.value
    #expect(watts > 0 && abs(upgrade.power.value / watts - 1) < 1e-6)
    #expect(upgrade.power.low <= upgrade.power.value && upgrade.power.value <= upgrade.power.high)
    let tables =
      after.estimates.resources.total.value.tables - before.estimates.resources.total.value.tables
    #expect(tables > 0 && abs(upgrade.resources.value.tables - tables) < 1e-6)
    #expect(upgrade.verdict == after.estimates.resources.device?.verdict)
    #expect(before.estimates.upgrades.allSatisfy { $0.saving.savedCycles > 0 })
  }

  @Test func replaysWithoutExplanationHaveNoUpgrades() async throws {
    var example = try await example()
    example.report.explanation = nil
    let header = example.job.trace.header
    let power = example.estimates.power
    #expect(
      Upgrade.all(
        of: example.report, on: example.job.hardware, network: header,
        resources: example.estimates.resources, power: power,
        coefficients: try DeviceLibrary.coefficients(of: power.device)
      ).isEmpty)
  }

  /// Estimates of one sample, from what the report of all samples holds.
  @Test func estimatesOfOtherReplaysUseTheSameCoefficients() async throws {
    let example = try await example()
    let design = HardwareDesign(example.job.hardware, network: example.job.trace.header)
    let again = example.estimates.power(of: example.report, design: design)
    #expect(again == example.estimates.power)
  }

  @Test(arguments: 0..<20)
  func powerOverTimeAddsUpToTheEnergy(seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let power = try await example().estimates.power
    let cycles = UInt64.random(in: 1...3000, using: &random)
    let names = ["compression engine", "spike engine", "processing elements", "spike writer"]
    let engines = power.layers.indices.flatMap { layer in
      names.prefix(Int.random(in: 0...4, using: &random)).map { name in
        var busy: [String: [Range<UInt64>]] = [:]
        for state in ["accumulate", "activate", "encode"] where Bool.random(using: &random) {
          // Some of it after the end of the sample.
          let start = UInt64.random(in: 0...cycles, using: &random)
          busy[state] = [start..<start + UInt64.random(in: 0...500, using: &random)]
        }
        return PowerTimeline.Engine(
          layer: layer, name: name, busy: busy, active: busy.values.flatMap { $0 })
      }
    }
    let timeline = try #require(
      PowerTimeline(power, sample: 3, cycles: cycles, engines: engines))
    #expect(timeline.lengths.count <= PowerTimeline.largestCount)
    #expect(timeline.parts.count == power.layers.count + 1 && timeline.parts.last?.layer == nil)
    var energy = 0.0
    for part in timeline.parts {
      #expect(part.power.count == timeline.lengths.count && part.power.allSatisfy { $0 >= 0 })
      energy += zip(part.power, timeline.lengths).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let whole = try #require(power.activity).energyPerImage.value
    #expect(abs(energy / whole - 1) < 1e-9 && timeline.energy == whole)
    #expect(abs(timeline.lengths.reduce(0, +) / power.latencySeconds - 1) < 1e-9)
    #expect(abs(timeline.meanPower * power.latencySeconds / whole - 1) < 1e-9)
  }

  @Test func workIsDrawnWhenItsEngineWorks() async throws {
    let power = try await example().estimates.power
    let engine = PowerTimeline.Engine(
      layer: 0, name: "processing elements", busy: ["accumulate": [40..<60]], active: [40..<60])
    let timeline = try #require(
      PowerTimeline(power, sample: 0, cycles: 100, engines: [engine]))
    #expect(timeline.windowCycles == 1)
    let conv = timeline.parts[0].power
    #expect(conv[..<40].allSatisfy { $0 == 0 } && conv[60...].allSatisfy { $0 == 0 })
    #expect(conv[40..<60].allSatisfy { $0 > 0 })
    // Nothing is known of the other layer: its energy is spread out.
    let spread = timeline.parts[1].power
    #expect(spread.allSatisfy { abs($0 / spread[0] - 1) < 1e-9 })
    #expect(PowerTimeline(power, sample: 0, cycles: 0, engines: []) == nil)
  }

  @Test func writtenAndReadBack() async throws {
    let example = try await example()
    let replay = PoweredReplay(example.report, example.estimates)
    let data = try JSONEncoder().encode(replay)
    #expect(try PoweredReplay(json: data, path: "r.json") == replay)
    // Still a replay for whoever does not ask for power; and a replay without power is one.
    #expect(try ReplayReport(json: data, path: "r.json") == example.report)
    let plain = try JSONEncoder().encode(example.report)
    #expect(try PoweredReplay(json: plain, path: "r.json").estimates == nil)
  }

  @Test func damagedEstimatesAreRefused() async throws {
    let example = try await example()
    let data = try JSONEncoder().encode(PoweredReplay(example.report, example.estimates))
    func fails(_ part: String, _ change: (inout [String: Any]) -> Void) throws -> String {
      var whole = try #require(
        try JSONSerialization.jsonObject(with: data) as? [String: Any])
      var object = try #require(whole[part] as? [String: Any])
      change(&object)
      whole[part] = object
      let changed = try JSONSerialization.data(withJSONObject: whole)
      let error = #expect(throws: EstimationError.self) {
        try PoweredReplay(json: changed, path: "r.json")
      }
      return error?.description ?? ""
    }
    #expect(try fails("power") { $0["schemaVersion"] = 99 }.contains("format 99"))
    #expect(try fails("power") { $0["schemaVersion"] = "two" }.contains("lacks parts"))
    #expect(try fails("power") { $0["vectorless"] = nil }.contains("lacks parts"))
    #expect(try fails("resources") { $0["layers"] = 7 }.contains("lacks parts"))
  }

  @Test func likenessTellsDataFromSizes() throws {
    let rows = try PublishedAccelerator.all()
    let mnist = try #require(rows.first { $0.data == "MNIST" })
    let cifar = try #require(rows.first { $0.data == "CIFAR-10" })
    let small = LayerShape(channels: 1, height: 28, width: 28)
    #expect(mnist.likeness(to: "mnist", input: small) == .sameData)
    #expect(mnist.likeness(to: "fashion-mnist", input: small) == .sameSize)
    #expect(mnist.likeness(to: "fashion-mnist", input: nil) == .different)
    #expect(cifar.likeness(to: "cifar10", input: nil) == .sameData)
    #expect(cifar.likeness(to: "mnist", input: small) == .different)
    #expect(rows.allSatisfy { $0.input.split(separator: "x").count == 3 })
  }
}
