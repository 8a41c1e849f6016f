import Accelerator

/// How long samples take on a design that is put together layer by layer.
///
/// Branch and bound asks for a lower bound while layers are open, and for the truth at the end.
package protocol SampleTimes {
  /// Cycles of all samples together, and those that 99 % of them keep.
  typealias Cycles = (total: Double, tail: Double)

  /// Chooses an alternative for a layer; those before it are chosen.
  mutating func choose(_ alternative: Int, layer: Int)

  /// What no completion of the first layers undercuts.
  mutating func lowerBound(chosenLayers: Int) -> Cycles

  /// What the chosen design takes; nil if it never finishes one of the samples.
  mutating func cycles() -> Cycles?

  /// What the chosen design takes for some samples.
  ///
  /// - Parameters:
  ///   - samples: which.
  ///   - cycles: cycles of all samples, of which those are set.
  /// - Returns: false if it never finishes one of them.
  mutating func cycles(of samples: Range<Int>, into cycles: inout [UInt64]) -> Bool
}

/// Layers that work one after another: cycles add up, sample by sample.
package struct LockStepTimes: SampleTimes {
  /// Cycles, `[layer][alternative][sample]`.
  private let alternatives: [[[UInt64]]]
  /// The least cycles of the layers from the k-th on, `[k][sample]`.
  private let leastRest: [[UInt64]]
  private let leastRestTotal: [Double]
  /// Cycles of the first k layers, `[k][sample]`.
  private var prefix: [[UInt64]]
  private var prefixTotal: [Double]
  private var scratch: [UInt64]
  private let needsTail: Bool

  package init(cycles: [[[UInt64]]], samples: Int, needsTail: Bool) {
    alternatives = cycles
    self.needsTail = needsTail
    scratch = Array(repeating: 0, count: samples)
    prefix = Array(repeating: scratch, count: cycles.count + 1)
    prefixTotal = Array(repeating: 0, count: cycles.count + 1)
    var rest = [scratch]
    for layer in cycles.reversed() {
      var least = layer[0]
      for alternative in layer.dropFirst() {
        for sample in 0..<samples { least[sample] = min(least[sample], alternative[sample]) }
      }
      rest.append((0..<samples).map { rest[rest.count - 1][$0] + least[$0] })
    }
    leastRest = rest.reversed()
    leastRestTotal = leastRest.map { Double($0.reduce(0, +)) }
  }

  package mutating func choose(_ alternative: Int, layer: Int) {
    var total: UInt64 = 0
    let added = alternatives[layer][alternative]
    for sample in scratch.indices {
      let sum = prefix[layer][sample] &+ added[sample]
      prefix[layer + 1][sample] = sum
      total &+= sum
    }
    prefixTotal[layer + 1] = Double(total)
  }

  package mutating func lowerBound(chosenLayers: Int) -> Cycles {
    let total = prefixTotal[chosenLayers] + leastRestTotal[chosenLayers]
    guard needsTail else { return (total, 0) }
    for sample in scratch.indices {
      scratch[sample] = prefix[chosenLayers][sample] &+ leastRest[chosenLayers][sample]
    }
    return (total, Double(Percentile.tail(&scratch)))
  }

  package mutating func cycles() -> Cycles? { lowerBound(chosenLayers: alternatives.count) }

  package mutating func cycles(of samples: Range<Int>, into cycles: inout [UInt64]) -> Bool {
    for sample in samples { cycles[sample] = prefix[alternatives.count][sample] }
    return true
  }
}

/// Layers that work at the same time: the whole pipeline is computed anew for each design.
///
/// A lower bound is the time of the slowest layer alone. Every time step with input spikes reaches
/// every layer in its turn (docs/hardware/fc-2023.md: what is lost are time steps without), and holds
/// a layer for one cycle and 4 x LHR + 2 a spike; with the quirk `process-order` the last of them may
/// be given up, because its name may be given to the one before.
package struct PipelineTimes: SampleTimes {
  private var model: FullyConnected2023
  /// The alternatives' ratios, `[layer][alternative]`.
  private let ratios: [[Int]]
  /// Spikes of every time step, `[sample][layer][time step]`.
  private let counts: [[[UInt32]]]
  /// What each alternative alone takes.
  private let alone: [[Cycles]]
  private let leastAlone: [Cycles]
  private var chosen: [Int]
  private var scratch: [UInt64]

  package init(_ model: FullyConnected2023, ratios: [[Int]], counts: [[[UInt32]]]) {
    self.model = model
    self.ratios = ratios
    self.counts = counts
    scratch = Array(repeating: 0, count: counts.count)
    chosen = ratios.map { _ in 0 }
    let bits: UInt64 = model.quirks.contains(.eightBitWait) ? 255 : .max
    let losesEmpty = model.quirks.contains(.lostEmptySteps)
    let steps = model.geometry.timeSteps - (model.quirks.contains(.processOrder) ? 1 : 0)
    alone = ratios.enumerated().map { layer, ratios in
      ratios.map { ratio in
        var times = counts.map { sample -> UInt64 in
          var time: UInt64 = 0
          for step in 0..<steps where !losesEmpty || sample[0][step] > 0 {
            time += 1 + UInt64(sample[layer][step]) * ((4 * UInt64(ratio) & bits) + 2)
          }
          return time
        }
        let total = times.reduce(0, +)
        return (Double(total), Double(Percentile.tail(&times)))
      }
    }
    leastAlone = alone.map { layer in
      (layer.map(\.total).min() ?? 0, layer.map(\.tail).min() ?? 0)
    }
  }

  package mutating func choose(_ alternative: Int, layer: Int) { chosen[layer] = alternative }

  package mutating func lowerBound(chosenLayers: Int) -> Cycles {
    var bound: Cycles = (0, 0)
    for layer in ratios.indices {
      let least = layer < chosenLayers ? alone[layer][chosen[layer]] : leastAlone[layer]
      bound = (max(bound.total, least.total), max(bound.tail, least.tail))
    }
    return bound
  }

  package mutating func cycles() -> Cycles? {
    var own: [UInt64] = []
    swap(&own, &scratch)
    defer { swap(&own, &scratch) }
    guard cycles(of: counts.indices, into: &own) else { return nil }
    var total: UInt64 = 0
    for cycles in own { total += cycles }
    return (Double(total), Double(Percentile.tail(&own)))
  }

  package mutating func cycles(of samples: Range<Int>, into cycles: inout [UInt64]) -> Bool {
    for layer in ratios.indices {
      model.geometry.logicalToHardwareRatios[layer] = ratios[layer][chosen[layer]]
    }
    for sample in samples {
      guard let cost = try? model.closedForm(counts: counts[sample]) else { return false }
      cycles[sample] = cost.latency
    }
    return true
  }

  /// Costs of the alternatives with the cycles that each takes alone: no design is faster than the
  /// slowest of its layers.
  ///
  /// - Parameters:
  ///   - costs: costs of the alternatives.
  ///   - byTail: the cycles that 99 % of the samples keep, times the samples, instead of all.
  /// - Returns: the costs, `[layer][alternative]`.
  func relaxed(_ costs: [[DesignCost]], byTail: Bool) -> [[DesignCost]] {
    zip(costs, alone).map { costs, alone in
      zip(costs, alone).map { cost, cycles in
        var cost = cost
        cost[.cycles] = byTail ? cycles.tail * Double(counts.count) : cycles.total
        return cost
      }
    }
  }
}

/// The 99th percentile by nearest rank, as ``Accelerator/CycleDistribution`` has it.
package enum Percentile {
  /// The ceil(0.99 n)-th smallest value.
  ///
  /// - Parameter values: the values; they are reordered.
  /// - Returns: one of them; 0 if there is none.
  /// - Complexity: O(n) on average.
  package static func tail(_ values: inout [UInt64]) -> UInt64 {
    guard !values.isEmpty else { return 0 }
    let rank = (99 * values.count + 99) / 100 - 1
    return values.withUnsafeMutableBufferPointer { values in
      var (low, high) = (0, values.count - 1)
      while low < high {
        let pivot = values[low + (high - low) / 2]
        var (left, right) = (low, high)
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          if left <= right {
            values.swapAt(left, right)
            left += 1
            right -= 1
          }
        }
        if rank <= right { high = right } else if rank >= left { low = left } else { break }
      }
      return values[rank]
    }
  }
}
