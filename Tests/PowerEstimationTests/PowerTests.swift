import Accelerator
import Foundation
import PowerEstimation
import SpikeTraces
import TestSupport
import Testing

/// Power and energy of replays.
struct PowerTests {
  private struct Example {
    var report: ReplayReport
    var resources: ResourceReport
    var design: HardwareDesign
    var device: Device
    var set: CoefficientSet

    func power(_ point: OperatingPoint = .published) -> PowerReport {
      PowerReport(
        report, resources: resources, design: design, device: device, coefficients: set, at: point)
    }
  }

  private func example(
    _ hardware: String = RandomTrace.hardware, header: TraceHeader = RandomTrace.header,
    engine: ReplayEngine = .event, device name: String = "XCKU5P"
  ) async throws -> Example {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: try RandomTrace.write(samples: 3, to: folder.path("t.spikes"), header: header))
    let file = try HardwareFile(data: Data(hardware.utf8), path: "h.yaml")
    let job = try TraceReplay(of: trace, on: file)
    let design = HardwareDesign(job.hardware, network: trace.header)
    let device = try DeviceLibrary.device(name)
    return Example(
      report: try await job.report(threads: 1, engine: engine),
      resources: ExampleDesigns.report(design, on: device), design: design, device: device,
      set: try DeviceLibrary.coefficients(of: device))
  }

  @Test func vectorlessPowerIsTheFormula() async throws {
    let example = try await example()
    let power = example.power()
    let value = example.resources.total.value
    var watts = example.device.staticPower.value
    for (kind, count) in [
      (PowerCoefficient.Kind.logic, value.logicTables), (.signals, value.logicTables),
      (.register, value.flipFlops), (.clock, value.flipFlops),
      (.distributedRAM, value.memoryTables), (.blockRAM, value.blockRAMs),
      (.ultraRAM, value.ultraRAMs), (.multiplier, value.multipliers),
    ] {
      watts += 1e8 * count * example.set[kind].energy.value
    }
    #expect(abs(power.vectorless.power.value / watts - 1) < 1e-9)
    let latency = example.report.latencySeconds.mean
    #expect(abs(power.vectorless.energyPerImage.value / (watts * latency) - 1) < 1e-9)
    #expect(abs(power.vectorless.imagesPerJoule.value * watts * latency - 1) < 1e-9)
    #expect(
      abs(power.vectorless.energyDelayProduct.value / (watts * latency * latency) - 1) < 1e-9)
  }

  @Test func contributionsAddUpAndBoundsHoldTheValue() async throws {
    let power = try await example().power()
    for figures in [power.vectorless, try #require(power.activity)] {
      let parts = figures.contributions
      let sum = parts.reduce(0) { $0 + $1.energy.value }
      #expect(abs(sum / figures.energyPerImage.value - 1) < 1e-12)
      #expect(abs(parts.reduce(0) { $0 + figures.share(of: $1) } - 1) < 1e-12)
      #expect(abs(parts.reduce(0) { $0 + figures.shareOfUncertainty(of: $1) } - 1) < 1e-12)
      for estimate in parts.map(\.energy) + [figures.power, figures.imagesPerJoule] {
        #expect(0 <= estimate.low && estimate.low <= estimate.value)
        #expect(estimate.value <= estimate.high && estimate.high.isFinite)
      }
      #expect(parts.allSatisfy { !$0.source.isEmpty })
    }
  }

  /// The energy is the power, added up over time.
  @Test func powerOverTimeAddsUpToTheEnergyOfAnImage() async throws {
    for gates in [false, true] {
      let power = try await example().power(OperatingPoint(gatesClocks: gates))
      let energy = power.layers.reduce(0) { $0 + $1.power.value * $1.seconds }
      let whole = try #require(power.activity).energyPerImage.value
      #expect(abs(energy / whole - 1) < 1e-9)
    }
  }

  @Test func countsOfTheSimulationDecideTheActivity() async throws {
    let example = try await example()
    let activity = try #require(example.power().activity)
    let samples = Double(example.report.trace.samples)
    let conv = example.report.layers[0].counters
    let potentials = try #require(
      activity.contributions.first { $0.name == "membrane potentials" })
    let accesses = Double(conv.potentialReads + conv.potentialWrites) / samples
    #expect(abs(potentials.count - accesses) < 1e-9)
    // 32 bits of block RAM an access.
    let expected = accesses * 32 * example.set[.blockAccess].energy.value
    #expect(abs(potentials.energy.value / expected - 1) < 1e-9)
    let additions = try #require(activity.contributions.first { $0.name == "additions" })
    let reads = example.report.layers.reduce(0) { $0 + $1.counters.weightReads }
    #expect(abs(additions.count - Double(reads) / samples) < 1e-9)
    #expect(abs(example.power().synapticOperations - Double(reads) / samples) < 1e-9)
  }

  @Test func gatingSavesTheIdleClocksAndNothingElse() async throws {
    let example = try await example()
    let running = try #require(example.power().activity)
    let gated = try #require(example.power(OperatingPoint(gatesClocks: true)).activity)
    let idle = try #require(running.contributions.first { $0.name == "clock, idle" })
    #expect(idle.energy.value > 0)
    let saved = running.energyPerImage.value - gated.energyPerImage.value
    #expect(abs(saved / idle.energy.value - 1) < 1e-9)
  }

  @Test func voltageAndFrequencyScale() async throws {
    let example = try await example()
    let nominal = example.power()
    // Dynamic energy with the square, static power with the cube.
    let low = example.power(OperatingPoint(voltage: 0.85 / 2))
    func dynamic(_ report: PowerReport) -> Double {
      report.vectorless.power.value - report.vectorless.staticPower.value
    }
    #expect(abs(dynamic(low) / dynamic(nominal) - 0.25) < 1e-9)
    #expect(
      abs(low.vectorless.staticPower.value / nominal.vectorless.staticPower.value - 0.125) < 1e-9)
    // Twice the clock: half the time, twice the dynamic power, the same dynamic energy.
    let fast = example.power(OperatingPoint(frequencyScale: 2))
    #expect(abs(fast.latencySeconds * 2 / nominal.latencySeconds - 1) < 1e-12)
    #expect(abs(dynamic(fast) / dynamic(nominal) - 2) < 1e-9)
    let events = { (report: PowerReport) in
      report.activity?.contributions.filter { $0.name != "static" }.reduce(0) {
        $0 + $1.energy.value
      } ?? 0
    }
    #expect(abs(events(fast) / events(nominal) - 1) < 1e-9)
  }

  /// The claim behind the published ratios: on one accelerator, vectorless energies are to each other as
  /// latencies, whatever the spikes.
  @Test func onOneAcceleratorEnergiesAreAsLatencies() async throws {
    let hardware = """
      platform: fc-2023
      clock: 100 MHz
      layers:
        - {kind: fully-connected, logical-to-hardware-ratio: 2}
        - {kind: fully-connected, logical-to-hardware-ratio: 1}

      """
    let header = RandomTrace.fullyConnected([20, 10])
    let example = try await example(hardware, header: header)
    var other = example
    // FACTS: 1.72 times the images a joule of the default is a latency ratio of 0.645 by 1.11 / 1.72.
    let scale = 1.11 / 1.72
    other.report.latencySeconds = try scaled(example.report.latencySeconds, by: scale)
    let gain =
      other.power().vectorless.imagesPerJoule.value
      / example.power().vectorless.imagesPerJoule.value
    #expect(abs(gain - 1.72 / 1.11) < 1e-9)
    #expect(example.power().activity != nil)
    #expect(example.power().layers.allSatisfy { $0.power == example.power().layers[0].power })
  }

  private func scaled(_ times: TimeDistribution, by factor: Double) throws -> TimeDistribution {
    let data = try JSONEncoder().encode(times)
    var values = try JSONDecoder().decode([String: Double].self, from: data)
    for key in values.keys { values[key]? *= factor }
    return try JSONDecoder().decode(
      TimeDistribution.self, from: try JSONEncoder().encode(values))
  }

  @Test func closedFormHasNoActivity() async throws {
    let power = try await example(engine: .closed).power()
    #expect(power.activity == nil && power.layers.isEmpty)
    #expect(power.notes.contains { $0.contains("--engine closed") })
    #expect(power.vectorless.power.value > 0)
  }

  @Test func reportsAreWrittenAndReadBack() async throws {
    let power = try await example().power()
    let data = try JSONEncoder().encode(power)
    #expect(try PowerReport(json: data, path: "p.json") == power)
    #expect(throws: EstimationError.self) {
      try PowerReport(json: data.prefix(data.count / 2), path: "p.json")
    }
    #expect(throws: EstimationError.self) {
      try PowerReport(json: Data("{\"schemaVersion\": 1}".utf8), path: "p.json")
    }
    var newer = power
    newer.schemaVersion = 3
    let error = #expect(throws: EstimationError.self) {
      try PowerReport(json: try JSONEncoder().encode(newer), path: "p.json")
    }
    #expect(error?.description.contains("format 3") == true)
  }

  @Test func layersWithClocksOfTheirOwnUseThem() async throws {
    let slow = RandomTrace.hardware.replacingOccurrences(
      of: "processing-elements: 5", with: "clock: 50 MHz, processing-elements: 5")
    let (one, two) = (try await example(), try await example(slow))
    let dynamic = { (report: PowerReport) in
      report.vectorless.power.value - report.vectorless.staticPower.value
    }
    #expect(dynamic(two.power()) < dynamic(one.power()))
    #expect(dynamic(two.power()) > dynamic(one.power()) / 2)
  }
}
