import Accelerator

/// What the parts of the dense core of hybrid-2024 cost.
///
/// The array of processing elements and the threshold unit were synthesised (frames of 16 to 64 pixels);
/// delay lines and image ports are counted from their bits. The whole core was not synthesised.
package struct DenseCost {
  package let geometry: DenseGeometry

  /// Takes the cost of a geometry apart.
  package init(geometry: DenseGeometry) { self.geometry = geometry }

  /// One processing element an input channel and tap.
  package var elements: Int { geometry.inputChannels * geometry.kernel * geometry.kernel }

  /// The array: 46 look-up tables, 32 flip-flops and 2 multipliers each (`pe_array_fix`).
  package static let element = ResourceCounts(logicTables: 46, flipFlops: 32, multipliers: 2)

  /// Flip-flops that delay the input of element i by i cycles: words of 32 bits.
  package var delayFlipFlops: Double { Double(elements * (elements + 1) / 2 * 32) }

  /// Look-up tables of the image's read ports, one an element, each a table of pixels x 32 bits with
  /// 0.01875 a bit.
  ///
  /// Between the floor of 1/64 and the 0.0274 that was measured for tables of weights.
  package var imageTables: Double { 0.018_75 * Double(elements * geometry.pixels * 32) }

  /// Look-up tables and flip-flops of the threshold unit, whose potentials are registers with a reset;
  /// their array has a power of two of entries.
  package var thresholdUnit: ResourceCounts {
    let entries = Double(1 << ceilingLogarithm(geometry.pixels))
    return ResourceCounts(logicTables: 37 * entries, flipFlops: 33 * entries + 50)
  }
}
