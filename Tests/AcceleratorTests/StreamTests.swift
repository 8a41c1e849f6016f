import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

/// A stream simulated tick by tick: nothing of the recurrences is used.
private struct SteppedStream {
  let periods: [UInt64]
  let buffers: Int
  let costs: [[StreamSchedule.Cost]]
  let arrivals: [UInt64]

  /// Start and completion of each layer and sample.
  func run() -> (starts: [[UInt64]], completions: [[UInt64]]) {
    let layers = periods.count
    var starts: [[UInt64]] = Array(repeating: [], count: layers)
    var completions = starts
    var rest = Array(repeating: UInt64(0), count: layers)
    var tick: UInt64 = 0
    while completions[layers - 1].count < costs.count {
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for layer in 0..<layers where canStart(layer, at: tick, starts, completions, rest) {
          let cost = costs[starts[layer].count][layer]
          starts[layer].append(tick)
          completions[layer].append(tick + cost.cycles * periods[layer])
          rest[layer] = tick + cost.activeCycles * periods[layer]
          hasChanged = true
        }
      }
      tick += 1
    }
    return (starts, completions)
  }

  private func canStart(
    _ layer: Int, at tick: UInt64, _ starts: [[UInt64]], _ completions: [[UInt64]],
    _ rest: [UInt64]
  ) -> Bool {
    let sample = starts[layer].count
    guard sample < costs.count, tick % periods[layer] == 0, tick >= rest[layer] else {
      return false
    }
    if layer == 0 {
      guard tick >= arrivals[sample] else { return false }
    } else {
      guard sees(layer, completions[layer - 1], sample, of: layer - 1, at: tick) else {
        return false
      }
    }
    guard layer + 1 < periods.count, sample >= buffers else { return true }
    return sees(layer, completions[layer + 1], sample - buffers, of: layer + 1, at: tick)
  }

  /// Whether a layer has seen that another one has completed a sample.
  private func sees(
    _ layer: Int, _ completions: [UInt64], _ sample: Int, of other: Int, at tick: UInt64
  ) -> Bool {
    guard sample < completions.count, completions[sample] <= tick else { return false }
    // Edges of this layer's clock since then.
    let edges = (0...tick - completions[sample]).count { (tick - $0) % periods[layer] == 0 }
    return edges > (periods[layer] == periods[other] ? 0 : 2)
  }
}

@Suite struct StreamTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func recurrencesMeetASteppedSimulation(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let layers = Int.random(in: 1...4, using: &random)
    let periods = (0..<layers).map { _ in UInt64.random(in: 1...4, using: &random) }
    let buffers = Int.random(in: 1...3, using: &random)
    var time: UInt64 = 0
    let samples = Int.random(in: 1...10, using: &random)
    let arrivals = (0..<samples).map { _ in
      time += UInt64.random(in: 0...30, using: &random)
      return time
    }
    let costs = (0..<samples).map { _ in
      (0..<layers).map { _ in
        let cycles = UInt64.random(in: 1...12, using: &random)
        return StreamSchedule.Cost(
          cycles: cycles, activeCycles: cycles + UInt64.random(in: 0...6, using: &random))
      }
    }
    let stepped = SteppedStream(
      periods: periods, buffers: buffers, costs: costs, arrivals: arrivals
    ).run()
    var schedule = StreamSchedule(
      clocks: periods.map { ClockDomain(period: $0) }, buffers: buffers)
    for sample in 0..<samples {
      let turns = schedule.add(costs[sample], arrival: arrivals[sample])
      #expect(turns.map(\.start) == stepped.starts.map { $0[sample] })
      #expect(turns.map(\.completion) == stepped.completions.map { $0[sample] })
    }
  }

  // Two layers of ten cycles: with one RAM between them they take turns, with two they overlap.
  @Test func aSecondSpikeRAMDoublesTheThroughput() throws {
    func report(buffers: Int) throws -> StreamReport {
      let cost = StreamSchedule.Cost(cycles: 10, activeCycles: 10)
      return try StreamReport(
        Array(repeating: [cost, cost], count: 100), names: ["a", "b"],
        clocks: [ClockDomain(frequency: 100e6), ClockDomain(frequency: 100e6)], buffers: buffers,
        arrivals: .saturated, seed: 1, deadline: 250e-9)
    }
    let (single, pingPong) = try (report(buffers: 1), report(buffers: 2))
    // 20 cycles a sample, and 10 cycles a sample and 10 more to fill.
    #expect(abs(single.seconds - 2000 * 10e-9) < 1e-15)
    #expect(abs(pingPong.seconds - 1010 * 10e-9) < 1e-15)
    #expect(single.layers[0].blocked > 0.49 && pingPong.layers[0].blocked == 0)
    #expect(single.deadlineMisses == 0)
    for layer in single.layers + pingPong.layers {
      #expect(abs(layer.active + layer.blocked + layer.starved - 1) < 1e-9)
    }
  }

  @Test(arguments: [ArrivalProcess.periodic(hertz: 1e-3), .poisson(hertz: 1e-3)])
  func arrivalsBeyondTheClockAreRefused(_ arrivals: ArrivalProcess) throws {
    #expect(try arrivals.times(2, seed: 1).count == 2)
    let error = #expect(throws: ReplayError.self) { try arrivals.times(100, seed: 1) }
    #expect(error?.description.hasPrefix("the last of 100 samples that arrive '") == true)
  }

  @Test func aStreamOfHoursIsRefused() throws {
    func report(cycles: UInt64) throws -> StreamReport {
      try StreamReport(
        [[StreamSchedule.Cost(cycles: cycles, activeCycles: cycles)]], names: ["a"],
        clocks: [ClockDomain(frequency: 1000)], buffers: 1, arrivals: .saturated, seed: 1,
        deadline: nil)
    }
    #expect(try abs(report(cycles: 3_600_000).seconds - 3600) < 1e-6)
    let error = #expect(throws: ReplayError.self) { try report(cycles: 20_000_000) }
    #expect(error?.description.hasSuffix("replay fewer samples, or give a faster clock") == true)
  }

  @Test func arrivalsAreWhatTheySay() throws {
    #expect(ArrivalProcess("periodic 2 kHz") == .periodic(hertz: 2000))
    #expect(ArrivalProcess("poisson 0.5 Hz") == .poisson(hertz: 0.5))
    #expect(ArrivalProcess("saturated") == .saturated)
    for text in ["", "periodic", "periodic 2", "poisson x kHz", "saturated 1 Hz", "poisson 0 Hz"] {
      #expect(ArrivalProcess(text) == nil, "\(text)")
    }
    #expect(
      try ArrivalProcess.periodic(hertz: 1e6).times(3, seed: 1) == [
        0, 1_000_000_000, 2_000_000_000,
      ])
    let times = try ArrivalProcess.poisson(hertz: 1000).times(10_000, seed: 3)
    #expect(try times == ArrivalProcess.poisson(hertz: 1000).times(10_000, seed: 3))
    #expect(try times != ArrivalProcess.poisson(hertz: 1000).times(10_000, seed: 4))
    #expect(times == times.sorted())
    let mean = Double(times.last ?? 0) / 9999
    #expect(abs(mean / 1e12 - 1) < 0.03)
  }

  // A single time step, one channel: counted by loops instead of the formula.
  @Test func denseScheduleCountsEveryInput() {
    let input = LayerShape(channels: 2, height: 5, width: 5)
    let convolved = LayerShape(channels: 3, height: 3, width: 3)
    let layer = TracedLayer(
      name: "c",
      operation: .convolution(
        kernel: 3, stride: 1, padding: 0, convolved: convolved, pooling: 1,
        poolingPosition: .afterNeuron),
      neuron: NeuronDescription(model: "leaky", beta: 0.9, threshold: 1, reset: "subtract"),
      output: convolved)
    // The worked example of docs/hardware/BeyondPublished.md.
    var cycles: UInt64 = 2
    for _ in 0..<2 {  // three channels on two elements
      for _ in 0..<4 {
        for _ in 0..<2 { for _ in 0..<9 { for _ in 0..<9 { cycles += 1 } } }
        cycles += 9 + 1
      }
      cycles += 1
    }
    #expect(
      DenseSchedule.cycles(of: layer, input: input, processingElements: 2, timeSteps: 4) == cycles)
    #expect(cycles == 1380)
  }

  @Test func aFasterClockForOneLayer() async throws {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: RandomTrace.write(samples: 5, to: folder.path("random.spikes")))
    func report(_ clock: String) async throws -> ReplayReport {
      let text = RandomTrace.hardware.replacing(
        "kind: fully-connected, ", with: "kind: fully-connected, \(clock)")
      let file = try HardwareFile(data: Data(text.utf8), path: "x.yaml")
      return try await TraceReplay(of: trace, on: file).report(
        threads: 1, extras: ReplayExtras(stream: .init(arrivals: .saturated)))
    }
    let same = try await report("")
    #expect(try await report("clock: 100 MHz, ").latencyCycles == same.latencyCycles)
    let fast = try await report("clock: 200 MHz, ")
    for layer in 0..<2 { #expect(fast.layers[layer].cycles == same.layers[layer].cycles) }
    #expect(fast.layers[1].seconds.mean == same.layers[1].seconds.mean / 2)
    // Two cycles of the faster clock to get in, and rounding up to a cycle of the slower one.
    let expected = same.layers[0].cycles.mean + same.layers[1].cycles.mean / 2 + 1
    #expect(fast.latencyCycles.mean > expected - 1e-6 && fast.latencyCycles.mean <= expected + 1)
    #expect(fast.stream != nil)
  }
}
