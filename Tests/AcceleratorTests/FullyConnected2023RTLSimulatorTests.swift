import Accelerator
import EventSimulation
import Foundation
import TestSupport
import Testing

// Do simulation, closed form and recordings agree, with any quirks, and do the accounts add up?
@Suite struct FullyConnected2023RTLSimulatorTests {
  typealias Quirk = FullyConnected2023RTL.Quirk

  private func random(
    _ random: inout SeededGenerator, quirks: Set<Quirk>
  ) -> (FullyConnected2023RTL, [[UInt32]]) {
    let units = Int.random(in: 1...5, using: &random)
    let inputs = Int.random(in: 1...24, using: &random)
    let model = FullyConnected2023RTL(
      SpikeTrainGeometry(
        inputs: inputs, neurons: Int.random(in: units...units * 6, using: &random),
        processingElements: units, listCapacity: Int.random(in: 1...20, using: &random),
        accumulateLatency: Int.random(in: 1...5, using: &random)),
      timeSteps: Int.random(in: 1...6, using: &random), gap: Int.random(in: 0...5, using: &random),
      quirks: quirks)
    let counts = (0..<model.timeSteps).map { _ in
      UInt32.random(in: 0...UInt32(inputs), using: &random)
    }
    return (model, [counts])
  }

  @Test func randomTrainsMeetTheClosedFormWithAnyQuirks() throws {
    var (hangs, missed) = (0, UInt64(0))
    for seed in 0..<2000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let quirks =
        seed.isMultiple(of: 4) ? .published : generator.subset(of: Quirk.self)
      let (model, counts) = random(&generator, quirks: quirks)
      var sample: SampleReplay?
      do {
        sample = try model.simulator().replay(counts: counts)
      } catch {
        #expect(throws: error) { try model.closedForm(counts: counts) }
        #expect(quirks.contains(.emptyTrainHangs))
        hangs += 1
      }
      guard let sample else { continue }
      let closed = try model.closedForm(counts: counts)
      #expect(closed.difference(from: sample)?.description == nil, "seed \(seed)")
      if !quirks.contains(.blindActivation) { #expect(closed.layers[0].droppedWrites == 0) }
      missed += closed.layers[0].droppedWrites
      #expect(sample.layers[0].cycles == sample.latency)
      for (cycles, engine) in zip(sample.layers[0].stateCycles, model.engines(ofLayer: 0)) {
        #expect(cycles.count == engine.states.count)
        #expect(cycles.reduce(0, +) == sample.window)
      }
      for order in [[2, 1, 0], [1, 2, 0]] {
        let shuffled = try model.simulator(probe: { _ in NoProbe() }, order: order)
        let again = try shuffled.replay(counts: counts)
        #expect(again == sample)
      }
    }
    // The sample holds what it is meant to hold.
    #expect(hangs > 100)
    #expect(missed > 100)
  }

  /// With every oddity repaired, each spike is added to each neuron once.
  @Test func repairedHardwareAddsEverySpikeOnceToEveryNeuron() throws {
    for seed in 5000..<5200 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var (model, counts) = random(&generator, quirks: .repaired)
      model.geometry.neurons = model.geometry.neuronsPerUnit * model.geometry.processingElements
      let sample = try model.simulator().replay(counts: counts)
      let spikes = counts[0].reduce(0) { $0 + UInt64($1) }
      let counters = sample.layers[0].counters
      #expect(counters.weightReads == 2 * spikes * UInt64(model.geometry.neurons))
      #expect(counters.activations == UInt64(model.timeSteps))
      #expect(counters.potentialWrites == UInt64(model.geometry.neurons * model.timeSteps))
    }
  }

  @Test func aTrainThatHangsIsNamed() throws {
    let geometry = SpikeTrainGeometry(
      inputs: 16, neurons: 4, processingElements: 2, listCapacity: 8, accumulateLatency: 3)
    let model = FullyConnected2023RTL(geometry, timeSteps: 3)
    for (counts, words) in [
      ([3, 0, 2], "time step 1 has no spikes"),
      ([8, 1, 2], "time step 0 has 8 spikes, which the spike counter takes for none (count-wrap)"),
    ] as [([UInt32], String)] {
      let error = try #require(throws: ConfigurationError.self) {
        try model.simulator().replay(counts: [counts])
      }
      #expect(error.message.contains(words))
      #expect(error.message.contains("--quirks published,-empty-train-hangs"))
      #expect(throws: error) { try model.closedForm(counts: [counts]) }
    }
  }

  /// A recording, read here anew.
  private struct Vector: Decodable {
    struct Start: Decodable { let gap: Int }
    struct Layer: Decodable {
      struct Config: Decodable {
        let trains, inputs, neurons, processingElements, listCapacity, accumulateLatency: Int
      }
      struct Expected: Decodable {
        let trains: [[UInt64]]
        let unitActivations: [[UInt64]]
        let end: UInt64
        let accumulateEnables: UInt64
      }
      let config: Config
      let counts: [UInt32]
      let expect: Expected
    }
    let start: Start
    let layers: [Layer]
  }

  @Test func theClosedFormMeetsTheRecordings() throws {
    let text = try Fixture.data("fc-2023-rtl.jsonl.zst", folder: "../../vectors")
    let lines = text.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 12)
    for line in lines {
      let vector = try JSONDecoder().decode(Vector.self, from: Data(line))
      let (config, expected) = (vector.layers[0].config, vector.layers[0].expect)
      let closed = try FullyConnected2023RTL(
        SpikeTrainGeometry(
          inputs: config.inputs, neurons: config.neurons,
          processingElements: config.processingElements, listCapacity: config.listCapacity,
          accumulateLatency: config.accumulateLatency), timeSteps: config.trains,
        gap: vector.start.gap
      ).closedForm(counts: [vector.layers[0].counts])
      // The last train's last cycle of activation; the layer is available in the next.
      #expect(closed.latency == (expected.trains.last?.last ?? 0) + 1)
      #expect(closed.layers[0].activeCycles == expected.end)
      #expect(closed.layers[0].accumulateCycles == expected.accumulateEnables)
      #expect(closed.layers[0].activations == UInt64(expected.unitActivations.count))
    }
  }

  @Test func hazardsFollowFromParametersAndQuirks() {
    let geometry = SpikeTrainGeometry(
      inputs: 16, neurons: 4, processingElements: 2, listCapacity: 8, accumulateLatency: 2)
    func hazards(_ quirks: Set<Quirk>) -> [String] {
      FullyConnected2023RTL(geometry, timeSteps: 1, quirks: quirks).hazards.map(\.parameter)
    }
    #expect(
      hazards(.published)
        == ["listCapacity", "timeSteps", "accumulateLatency", "processingElements"])
    #expect(hazards(.repaired).isEmpty)
  }

  @Test func countsThatDoNotFitAreRefused() throws {
    let geometry = SpikeTrainGeometry(
      inputs: 4, neurons: 4, processingElements: 2, listCapacity: 8, accumulateLatency: 2)
    let simulator = try FullyConnected2023RTL(geometry, timeSteps: 2).simulator()
    for counts in [[], [[1]], [[1, 5]], [[1, 1], [1, 1]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) { try simulator.load(counts: counts) }
    }
    for model in [
      FullyConnected2023RTL(geometry, timeSteps: 0),
      FullyConnected2023RTL(geometry, timeSteps: 1, gap: -1),
    ] {
      #expect(throws: ConfigurationError.self) { try model.simulator() }
    }
  }
}
