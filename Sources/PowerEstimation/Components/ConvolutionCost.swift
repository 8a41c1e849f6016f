import Accelerator

/// What the parts of a sparse convolution layer cost, in the letters of `docs/Resources.md`.
///
/// The formulas of ``ComponentFormula``, with their coefficients as fitted.
package struct ConvolutionCost {
  package let geometry: ConvolutionGeometry
  /// Side of the pooling window; 1 for none.
  package let pooling: Int

  /// Takes the cost of a geometry apart.
  package init(geometry: ConvolutionGeometry, pooling: Int) {
    self.geometry = geometry
    self.pooling = pooling
  }

  /// Bits of the address of an input pixel (w).
  private var addressBits: Int { ceilingLogarithm(geometry.inputPixels) }

  /// Bits of a row of the layer's spike RAM: pixels after pooling.
  package var rowBits: Int { max(geometry.outputPixels / (pooling * pooling), 1) }

  /// Phases: groups of output channels, one after another.
  package var phases: Int { ceilingDivision(geometry.outputChannels, geometry.processingElements) }

  /// Words that the weight memory of a PE needs: K² IC weights and a bias for each of its channels.
  ///
  /// Several event controllers share the input channels, each with PEs of its own.
  package var weightWords: Int {
    let channels = ceilingDivision(geometry.inputChannels, geometry.options.eventControllers)
    return phases * (geometry.kernel * geometry.kernel * channels + 1)
  }

  /// Look-up tables of the event controller.
  package var controllerTables: Double {
    let list = Double(geometry.listCapacity)
    let width = geometry.encoderWidth
    var tables = 0.492 * list * Double(addressBits) + 1.4346 * list
    tables += 0.5457 * Double(geometry.inputPixels) + 3.3415 * Double(width)
    return tables + 3.5723 * EncoderCost.oddWidth(width) + 46.7
  }

  /// Flip-flops of the event controller.
  ///
  /// - Parameter lists: how many lists of addresses it has; published are 2, of which the published
  ///   synthesis folders read one only.
  /// - Returns: their number.
  package func controllerFlipFlops(lists: Int) -> Double {
    Double(
      lists * geometry.listCapacity * addressBits + geometry.encoderWidth + counterBits + 26)
  }

  private var counterBits: Int {
    let clog2 = ceilingLogarithm
    return 3 * clog2(geometry.listCapacity) + clog2(geometry.encoderWidth) + 1
      + clog2(geometry.inputChannels) + 2 + 2 * (clog2(geometry.outputChannels) + 2)
      + 3 * clog2(geometry.timeSteps) + clog2(4 * geometry.inputPixels) + 2
  }

  /// Look-up tables of a PE that reads its weights from a block RAM.
  ///
  /// - Parameter isInLayer: whether the PE is part of a layer, where one takes 100 more than alone: an
  ///   estimate, made before the whole layers were synthesised and confirmed by them.
  /// - Returns: their number.
  package func elementTables(isInLayer: Bool = true) -> Double {
    1.3651 * Double(geometry.outputPixels) + 290.4 + (isInLayer ? 100 : 0)
  }

  /// Look-up tables of a PE of conv-2023 without its table of weights.
  ///
  /// - Parameter isInLayer: as for ``elementTables(isInLayer:)``; unconfirmed for this PE.
  /// - Returns: their number.
  package func elementTables2023(isInLayer: Bool = true) -> Double {
    1.3566 * Double(geometry.outputPixels) + 351.26 + (isInLayer ? 100 : 0)
  }

  /// Look-up tables for a table of weights of some bits.
  package static func weightTables(bits: Int) -> Double { 0.0274 * Double(bits) }

  /// Flip-flops of a PE.
  package var elementFlipFlops: Double { Double(geometry.outputPixels + 44) }

  /// Latches of a PE: Vivado makes them of combinational loops that Yosys keeps.
  package var elementLatches: Double { Double(32 + 2 * ceilingLogarithm(geometry.outputPixels)) }

  /// Look-up tables of the spike writer.
  package var writerTables: Double {
    let elements = geometry.processingElements
    guard pooling > 1 else {
      return Double(geometry.outputPixels) * Self.multiplexerTables(of: elements)
        + 1.75 * Double(elements) + 8
    }
    // A bit of the pooled row is an OR of p² bits in every PE: a table for each five inputs but one.
    let orTables = elements * ceilingDivision(pooling * pooling - 1, 5)
    let selecting = ceilingDivision(elements - 1, 3)
    return 1.0611 * Double(rowBits * (orTables + selecting)) + 4.0261 * Double(elements)
  }

  /// Look-up tables that choose one of E bits: m(E).
  ///
  /// Up to 16, a table chooses one of four; what Yosys makes beyond rests on the runs with 24 and 32
  /// PEs.
  private static func multiplexerTables(of inputs: Int) -> Double {
    inputs <= 16 ? Double(ceilingDivision(inputs - 1, 3)) : Double(inputs) / 2 - 2
  }

  /// Flip-flops of the spike writer.
  package var writerFlipFlops: Double { Double(rowBits + geometry.processingElements + 13) }
}
