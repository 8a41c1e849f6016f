import Accelerator
import EventSimulation
import TestSupport
import Testing

// Do simulation and closed form agree with any quirks, do the accounts add up, and are quirks what
// their names say?
@Suite struct FullyConnected2023SimulatorTests {
  typealias Quirk = FullyConnected2023.Quirk

  @Test func randomPipelinesMeetTheClosedFormWithAnyQuirks() throws {
    var (deadlocks, lost) = (0, UInt64(0))
    for seed in 0..<3000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (geometry, spikes) = RandomPipeline.make(
        emptySteps: !seed.isMultiple(of: 3), using: &random)
      let counts = Array(spikes.dropLast())
      for quirks in [.published, random.subset(of: Quirk.self), .repaired] {
        let model = FullyConnected2023(geometry, quirks: quirks)
        let simulator = try model.simulator()
        var sample: SampleReplay?
        do {
          sample = try simulator.replay(counts: counts)
        } catch {
          // Both engines give the same reason.
          #expect(throws: error) { try model.closedForm(counts: counts) }
          #expect(quirks.contains(.lostEmptySteps))
          deadlocks += 1
        }
        guard let sample else { continue }
        let closed = try model.closedForm(counts: counts)
        #expect(
          closed.difference(from: sample)?.description == nil, "seed \(seed) \(quirks.words)")
        for (left, right) in zip(closed.layers, sample.layers) {
          #expect(left.start == right.start, "seed \(seed) \(quirks.words)")
        }
        let missing = sample.layers.reduce(0) { $0 + $1.counters.droppedWrites }
        if !quirks.contains(.lostEmptySteps) { #expect(missing == 0) }
        lost += missing
        try checkAccounts(sample, of: model, counts: counts)
      }
    }
    // The sample holds what it is meant to hold.
    #expect(deadlocks > 100)
    #expect(lost > 100)
  }

  private func checkAccounts(
    _ sample: SampleReplay, of model: FullyConnected2023, counts: [[UInt32]]
  ) throws {
    #expect(sample.layers.reduce(0) { $0 + $1.cycles } == sample.latency)
    #expect(sample.layers.reduce(0) { max($0, $1.end) } == max(sample.window, sample.latency + 1))
    for (index, layer) in sample.layers.enumerated() {
      let engines = model.engines(ofLayer: index)
      #expect(layer.stateCycles.map(\.count) == engines.map(\.states.count))
      for cycles in layer.stateCycles { #expect(cycles.reduce(0, +) == sample.window) }
      if sample.layers.allSatisfy({ $0.counters.droppedWrites == 0 }) {
        #expect(layer.counters.inputSpikes == counts[index].reduce(0) { $0 + UInt64($1) })
        #expect(layer.counters.frames == UInt64(counts[index].count))
      }
    }
  }

  @Test(arguments: 4000..<4200 as Range<UInt64>)
  func orderWithinACycleDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (geometry, spikes) = RandomPipeline.make(emptySteps: false, using: &random)
    let counts = Array(spikes.dropLast())
    let model = FullyConnected2023(geometry, quirks: random.subset(of: Quirk.self))
    let simulator = try model.simulator()
    let sample = try simulator.replay(counts: counts)
    for _ in 0..<3 {
      let order = Array(0..<geometry.layers).shuffled(using: &random)
      let shuffled = try model.simulator(probe: { _ in NoProbe() }, order: order)
      let again = try shuffled.replay(counts: counts)
      #expect(again == sample)
    }
    // A second sample is not touched by the first.
    let second = try simulator.replay(counts: counts)
    #expect(second == sample)
    let recording = try SampleRecording(
      of: model, layerNames: geometry.neurons.map(String.init), counts: counts)
    #expect(recording.replay == sample)
    #expect(recording.engines.count == geometry.layers)
  }

  /// Time steps lost or not, layers read the spikes of the time step that they are working on.
  @Test func afterALostStepTheCountsAreThoseOfTheTimeStep() throws {
    // Step 1 is empty and handed over while layer 1 works on step 0: it is lost.
    let geometry = PipelineGeometry(
      inputs: 8, neurons: [8, 8], logicalToHardwareRatios: [1, 1], timeSteps: 3)
    let model = FullyConnected2023(geometry)
    let sample = try model.simulator().replay(counts: [[1, 0, 1], [8, 7, 1]])
    #expect(sample.layers[0].counters.droppedWrites == 1)
    #expect(sample.layers[1].counters.inputSpikes == 9)
    #expect(sample.layers[1].counters.frames == 2)
    #expect(sample.layers[0].counters.activations == 2)
    let repaired = FullyConnected2023(geometry, quirks: [.processOrder, .eightBitWait])
    let whole = try repaired.simulator().replay(counts: [[1, 0, 1], [8, 7, 1]])
    #expect(whole.layers[1].counters.inputSpikes == 16)
    #expect(whole.layers[0].counters.activations == 3)
  }

  @Test func aDeadlockNamesStepMechanismAndRemedy() throws {
    let geometry = PipelineGeometry(
      inputs: 8, neurons: [8, 8], logicalToHardwareRatios: [1, 1], timeSteps: 2)
    let model = FullyConnected2023(geometry)
    let counts: [[UInt32]] = [[1, 0], [8, 8]]
    let error = try #require(throws: ConfigurationError.self) {
      try model.simulator().replay(counts: counts)
    }
    #expect(error.message.contains("time step 1 has no input spikes"))
    #expect(error.message.contains("layer 1 is still busy"))
    #expect(error.message.contains("--quirks published,-lost-empty-steps"))
    #expect(throws: error) { try model.closedForm(counts: counts) }
    let asked = FullyConnected2023(
      geometry, quirks: try Set(words: ["published", "-lost-empty-steps"]))
    let sample = try asked.simulator().replay(counts: counts)
    #expect(sample.layers[1].counters.inputSpikes == 16)
  }

  @Test func theRepairedWaitDoesNotWrap() throws {
    func latency(_ ratio: Int, _ quirks: Set<Quirk>) throws -> UInt64 {
      let geometry = PipelineGeometry(
        inputs: 100, neurons: [256], logicalToHardwareRatios: [ratio], timeSteps: 1)
      return try FullyConnected2023(geometry, quirks: quirks).simulator()
        .replay(counts: [[100]]).latency
    }
    // list 0, then 100 spikes of 4 x LHR + 2 cycles, hold, activate, fill; the result in the next.
    #expect(try latency(64, .repaired) == 100 * 258 + 4)
    #expect(try latency(64, .published) == 100 * 2 + 4)
    #expect(try latency(65, .published) == 100 * 6 + 4)
    #expect(try latency(63, .published) == latency(63, .repaired))
  }

  @Test func weightReadsAreSpikesTimesNeuronsServed() throws {
    func reads(_ ratio: Int, _ quirks: Set<Quirk> = .published) throws -> UInt64 {
      let geometry = PipelineGeometry(
        inputs: 10, neurons: [70], logicalToHardwareRatios: [ratio], timeSteps: 1)
      return try FullyConnected2023(geometry, quirks: quirks).simulator()
        .replay(counts: [[10]]).layers[0].counters.weightReads
    }
    #expect(try reads(1) == 700)
    #expect(try reads(8) == 700)
    #expect(try reads(64) == 0)
    #expect(try reads(66) == 10 * (2 + 2))
    #expect(try reads(66, .repaired) == 700)
  }

  @Test func hazardsFollowFromParametersAndQuirks() {
    let geometry = PipelineGeometry(
      inputs: 784, neurons: [512, 500, 10], logicalToHardwareRatios: [64, 8, 1], timeSteps: 90)
    func hazards(_ quirks: Set<Quirk>) -> [String] {
      FullyConnected2023(geometry, quirks: quirks).hazards.map { "\($0.layer) \($0.parameter)" }
    }
    let memory = ["0 listCapacity", "1 logicalToHardwareRatio", "1 listCapacity", "2 listCapacity"]
    #expect(
      hazards(.published) == ["0 logicalToHardwareRatio"] + memory + ["0 timeSteps", "0 timeSteps"])
    #expect(hazards(.repaired) == memory + ["0 timeSteps"])
  }

  @Test func countsThatDoNotFitAreRefused() throws {
    let model = FullyConnected2023(
      PipelineGeometry(
        inputs: 4, neurons: [4, 4], logicalToHardwareRatios: [1, 1], timeSteps: 2))
    for counts in [[], [[1, 1]], [[1, 1], [1]], [[1, 1], [1, 5]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) { try model.simulator().load(counts: counts) }
    }
  }
}
