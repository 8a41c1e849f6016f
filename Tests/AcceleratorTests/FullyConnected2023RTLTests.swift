import Accelerator
import Foundation
import TestSupport
import Testing

// Does the register-transfer layer meet its closed form, whatever is configured?
@Suite struct FullyConnected2023RTLTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func randomTrainsMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let units = Int.random(in: 1...5, using: &random)
    let neuronsPerUnit = Int.random(in: 1...6, using: &random)
    let capacity = Int.random(in: 3...20, using: &random)
    let layer = SpikeTrains(
      neuronsPerUnit: neuronsPerUnit, units: units,
      latency: Int.random(in: 1...4, using: &random), gap: Int.random(in: 0...5, using: &random),
      counts: (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int.random(in: 1...capacity - 1, using: &random)
      })
    let line = """
      {"id":"\(seed)","platform":"fc-2023-rtl","start":{"gap":\(layer.gap)},"layers":[{"kind":"fc",\
      "config":{"trains":\(layer.counts.count),"inputs":20,"neurons":\(units * neuronsPerUnit),\
      "processingElements":\(units),"listCapacity":\(capacity),\
      "accumulateLatency":\(layer.latency)},"counts":\(layer.counts),"expect":\(layer.expected)}]}
      """
    for order in [nil, { _ in [2, 1, 0] }] as [((Int) -> [Int])?] {
      let validation = try VectorValidation(
        checking: Data(line.utf8), file: "random", order: order)
      #expect(validation.mismatches == 0, "\(validation.first?.description ?? ""): \(line)")
    }
  }

  @Test(arguments: [(0, 8), (8, 8), (16, 5)])
  func aCountThatWrapsToZeroNeverFinishes(spikes: Int, capacity: Int) throws {
    let line = """
      {"id":"x","platform":"fc-2023-rtl","start":{"gap":0},"layers":[{"kind":"fc","config":{\
      "trains":3,"inputs":16,"neurons":4,"processingElements":2,"listCapacity":\(capacity),\
      "accumulateLatency":3},"counts":[3,\(spikes),2],"expect":{"neverFinishes":true,\
      "trains":[[1,8,3,9,26,28,29]],"reason":""}}]}
      """
    let validation = try VectorValidation(checking: Data(line.utf8), file: "hanging")
    #expect(validation.outcomes.count == 2)
    for outcome in validation.outcomes {
      #expect(outcome.mismatches == 1)
      let words = outcome.first?.description ?? ""
      #expect(words.contains("a spike count whose lowest 3 bits are zero"), "\(words)")
    }
  }
}

/// The timing of a layer of platform fc-2023-rtl in closed form; shares no code with the simulation.
private struct SpikeTrains {
  let neuronsPerUnit: Int
  let units: Int
  let latency: Int
  let gap: Int
  let counts: [Int]

  /// What a vector expects, as JSON.
  var expected: String {
    var trains: [[Int]] = []
    var activations: [[Int]] = []
    var accumulations = 0
    var available = 0
    var unitsRest = 0
    var states = [Int](repeating: 0, count: 6)
    for spikes in counts {
      let accept = available + gap + 1
      let encoded = accept + 1 + 2 * spikes
      let accumulating = spikes * latency * neuronsPerUnit
      let last = encoded + accumulating
      trains.append(
        [accept, encoded, spikes, encoded + 1, last, last + 2, last + 1 + neuronsPerUnit])
      available = last + neuronsPerUnit + 2
      for (state, cycles) in [spikes, spikes + 1, accumulating, 1, neuronsPerUnit].enumerated() {
        states[state + 1] += cycles
      }
      // The enable is high until one cycle after the last one that is counted.
      let fall = last + 2
      var idle = max(unitsRest, encoded + 1)
      if idle < fall {
        repeat {
          idle += 3
          accumulations += 1
        } while idle < fall
        unitsRest = idle + 1
      }
      idle = max(unitsRest, fall)
      if idle < fall + neuronsPerUnit {
        activations.append([idle + 1, idle + 2 * neuronsPerUnit])
        unitsRest = idle + 2 * neuronsPerUnit + 2
      }
    }
    let end = max(available + 1, unitsRest)
    states[0] = end - states.reduce(0, +)
    let busy = activations.count * neuronsPerUnit
    let unitStates = [
      end - 3 * accumulations - 2 * busy - activations.count, accumulations, accumulations,
      accumulations, busy, busy, activations.count,
    ]
    return """
      {"trains":\(trains),"unitActivations":\(activations),"states":\(states),\
      "unitStates":\(unitStates),"weightReads":\(2 * units * accumulations),\
      "accumulateEnables":\(states[3] + counts.count),"activateEnables":\(states[5]),\
      "accumulations":\(accumulations),"neverFinishes":false,"end":\(end)}
      """
  }
}
