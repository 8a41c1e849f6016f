import Accelerator

/// What a layer of the fully connected designs of 2023 is assumed to cost: of them nothing was
/// synthesised, and the paper's table of resources was not at hand.
///
/// They are put together from parts of conv-2023 that do the same: an encoder over all inputs with its
/// list, units like a fully connected PE, and memories by their bits.
struct SpikeTrainCost {
  /// Inputs of the layer.
  let inputs: Int
  /// Entries of its list of addresses.
  let listCapacity: Int
  /// Hardware units.
  let units: Int
  /// Logical neurons that a unit serves.
  let neuronsPerUnit: Int

  private var listBits: Int { listCapacity * max(ceilingLogarithm(inputs), 1) }

  /// The short form of the controller of conv-2023, which holds for powers of two: 0.74 S w + 3.8 P + 77.
  var controller: ResourceCounts {
    ResourceCounts(
      logicTables: 0.7437 * Double(listBits) + 3.7748 * Double(inputs) + 76.6,
      flipFlops: Double(listBits + inputs + 85))
  }

  /// The memory of a unit's weights.
  ///
  /// - Parameter weightBits: bits of a weight.
  /// - Returns: its shape.
  func weights(_ weightBits: Int) -> MemoryShape {
    MemoryShape(depth: inputs * neuronsPerUnit, width: weightBits)
  }

  /// The memory of a unit's membrane potentials.
  var potentials: MemoryShape { MemoryShape(depth: neuronsPerUnit, width: 32) }
}
