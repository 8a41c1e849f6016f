import Accelerator
import Foundation

/// Finds the largest allocation of processing elements that fits a device.
///
/// The largest is the one that multiplies the layers' passes over their input by the least, all factors
/// multiplied. What a layer needs does not depend on the others, so the search is a knapsack with five
/// capacities: branch and bound, with a greedy solution to begin with.
struct AllocationSearch {
  /// One way to build a layer.
  private struct Choice {
    let elements: Int
    /// The logarithm of the passes over the input.
    let cost: Double
    let needed: DeviceCapacity
  }

  private static let largestNodeCount = 400_000

  private let choices: [[Choice]]
  private let capacity: DeviceCapacity
  /// What the layers from the k-th on need at the least, and cost at the least.
  private let leastNeeded: [DeviceCapacity]
  private let leastCost: [Double]

  private var chosen: [Int]
  private var best: [Int]?
  private var bestCost = Double.infinity
  private var nodes = 0

  /// The best allocation, if any fits.
  static func best(
    for design: HardwareDesign, options: ResourceOptions, device: Device
  ) -> Allocation? {
    var alternatives: [ResourceOptions.WeightMemory?] = [nil]
    alternatives += options.hasUltraRAM ? [.block, .ultra] : []
    var found: (allocation: Allocation, cost: Double)?
    for memory in alternatives {
      var changed = options
      if let memory { changed.fullyConnectedWeights = memory }
      var search = AllocationSearch(design, options: changed, device: device)
      guard let allocation = search.run(design, memory: memory) else { continue }
      if search.bestCost < found?.cost ?? .infinity { found = (allocation, search.bestCost) }
    }
    return found?.allocation
  }

  /// The least that the design needs of each pool, whatever the allocation.
  static func smallest(
    for design: HardwareDesign, options: ResourceOptions, device: Device
  ) -> DeviceCapacity {
    AllocationSearch(design, options: options, device: device).leastNeeded[0]
  }

  private init(_ design: HardwareDesign, options: ResourceOptions, device: Device) {
    let parts = LayerComponents(design: design, options: options)
    func needed(_ components: [ComponentResources]) -> DeviceCapacity {
      var total = components.reduce(ResourceEstimate.zero) { $0 + $1.resources }.value
      for (resource, factor) in device.resourceScale { total[resource] *= factor }
      return DeviceCapacity(total)
    }
    var choices = design.layers.map { layer in
      layer.structure.smallerStructures.map { structure in
        let smaller = HardwareDesign.Layer(name: layer.name, structure: structure)
        return Choice(
          elements: structure.allocated, cost: log2(Double(structure.passes)),
          needed: needed(parts.components(of: smaller)))
      }
    }
    if let input = design.inputSpikes {
      let memory = needed([parts.spikeMemory("input spikes", input)])
      choices.append([Choice(elements: 0, cost: 0, needed: memory)])
    }
    var leastNeeded = [DeviceCapacity.zero]
    var leastCost = [0.0]
    for layer in choices.reversed() {
      let least = layer.dropFirst().reduce(layer[0].needed) { $0.minimum($1.needed) }
      leastNeeded.append(leastNeeded[leastNeeded.count - 1] + least)
      leastCost.append(leastCost[leastCost.count - 1] + (layer.map(\.cost).min() ?? 0))
    }
    self.leastNeeded = leastNeeded.reversed()
    self.leastCost = leastCost.reversed()
    self.choices = choices
    capacity = device.capacity
    chosen = choices.map { _ in 0 }
  }

  private mutating func run(
    _ design: HardwareDesign, memory: ResourceOptions.WeightMemory?
  ) -> Allocation? {
    guard capacity.holds(leastNeeded[0]) else { return nil }
    takeGreedySteps()
    visit(0, needed: .zero, cost: 0)
    guard let best else { return nil }
    let changes = zip(design.layers, zip(choices, best)).compactMap { layer, pair in
      let (from, to) = (layer.structure.allocated, pair.0[pair.1].elements)
      return from == to ? nil : Allocation.Change(layer: layer.name, from: from, to: to)
    }
    return Allocation(
      changes: changes, fullyConnectedWeights: memory, needed: needed(best),
      isExact: nodes < Self.largestNodeCount)
  }

  private func needed(_ chosen: [Int]) -> DeviceCapacity {
    zip(choices, chosen).reduce(.zero) { $0 + $1.0[$1.1].needed }
  }

  /// Shrinks the layer that relieves most for the time that it costs, until everything fits.
  private mutating func takeGreedySteps() {
    var current = choices.map { _ in 0 }
    var total = needed(current)
    while !capacity.holds(total) {
      var step: (layer: Int, gain: Double)?
      for (layer, options) in choices.enumerated() where current[layer] + 1 < options.count {
        let (before, after) = (options[current[layer]], options[current[layer] + 1])
        var relief = 0.0
        for pool in DeviceCapacity.Pool.allCases where total[pool] > capacity[pool] {
          relief += (before.needed[pool] - after.needed[pool]) / (total[pool] - capacity[pool])
        }
        let gain = relief / max(after.cost - before.cost, 1e-9)
        if gain > step?.gain ?? 0 { step = (layer, gain) }
      }
      guard let step else { return }
      current[step.layer] += 1
      total = needed(current)
    }
    best = current
    bestCost = zip(choices, current).reduce(0) { $0 + $1.0[$1.1].cost }
  }

  private mutating func visit(_ layer: Int, needed: DeviceCapacity, cost: Double) {
    nodes += 1
    guard nodes < Self.largestNodeCount, cost + leastCost[layer] < bestCost,
      capacity.holds(needed + leastNeeded[layer])
    else { return }
    guard layer < choices.count else {
      best = chosen
      bestCost = cost
      return
    }
    for (index, choice) in choices[layer].enumerated() {
      chosen[layer] = index
      visit(layer + 1, needed: needed + choice.needed, cost: cost + choice.cost)
    }
  }
}

extension HardwareDesign.Structure {
  /// Processing elements as the hardware file states them.
  var allocated: Int {
    switch self {
    case .convolution(let layer, _): layer.processingElements
    default: processingElements
    }
  }

  /// How often a processing element is used again.
  fileprivate var passes: Int {
    switch self {
    case .convolution(let layer, _):
      ceilingDivision(layer.outputChannels, layer.processingElements)
    case .fullyConnected(let layer): ceilingDivision(layer.neurons, layer.processingElements)
    case .dense: 1
    case .spikeTrain(_, let neurons, let units, _): ceilingDivision(neurons, units)
    }
  }

  /// The layer with as many processing elements as it has, and with fewer, in falling order.
  fileprivate var smallerStructures: [HardwareDesign.Structure] {
    switch self {
    case .convolution(let layer, let pooling):
      return (1...layer.processingElements).reversed()
        .filter { layer.outputChannels.isMultiple(of: $0) || $0 == layer.processingElements }
        .map { elements in
          var smaller = layer
          smaller.processingElements = elements
          return .convolution(smaller, pooling: pooling)
        }
    case .fullyConnected(let layer):
      return Self.allocations(neurons: layer.neurons, elements: layer.processingElements).map {
        var smaller = layer
        smaller.processingElements = $0
        return .fullyConnected(smaller)
      }
    case .dense: return [self]
    case .spikeTrain(let inputs, let neurons, let units, let capacity):
      return Self.allocations(neurons: neurons, elements: units).map {
        .spikeTrain(inputs: inputs, neurons: neurons, units: $0, listCapacity: capacity)
      }
    }
  }

  /// What a fully connected layer has, and the smallest allocation for each larger number of passes.
  private static func allocations(neurons: Int, elements: Int) -> [Int] {
    var allocations = [elements]
    var passes = ceilingDivision(neurons, elements)
    while passes < neurons {
      passes = max(passes + 1, passes + passes / 16)
      let fewer = ceilingDivision(neurons, min(passes, neurons))
      if let last = allocations.last, fewer < last { allocations.append(fewer) }
    }
    return allocations
  }
}
