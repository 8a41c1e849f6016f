import Accelerator

/// What the parts of a fully connected layer cost, in the letters of `docs/Resources.md`.
package struct FullyConnectedCost {
  package let geometry: FullyConnectedGeometry

  /// Takes the cost of a geometry apart.
  package init(geometry: FullyConnectedGeometry) { self.geometry = geometry }

  /// All inputs (N).
  package var inputs: Int { geometry.inputChannels * geometry.frameSize }

  /// Words that the weight memory of a PE needs: the inputs of each of its neurons.
  package var weightWords: Int {
    inputs * ceilingDivision(geometry.neurons, geometry.processingElements)
  }

  /// Bits of an entry of the list of addresses (v).
  ///
  /// What is functional: as published, the port is only as wide as the address in a row.
  package var listBits: Int { ceilingLogarithm(inputs) }

  /// Entries of the lists of all time steps (T S).
  private var entries: Int { geometry.timeSteps * geometry.listCapacity }

  /// Look-up tables of the event controller.
  ///
  /// - Parameter listBits: bits of an entry of the list.
  /// - Returns: their number.
  package func controllerTables(listBits: Int) -> Double {
    let width = geometry.encoderWidth
    var tables = 0.3294 * Double(entries * listBits) + 2.2533 * Double(entries)
    tables += 0.992 * Double(inputs) + 0.248 * Double(width)
    return tables + 2.15 * EncoderCost.oddWidth(width) + 49.8
  }

  /// Flip-flops of the event controller.
  ///
  /// - Parameter listBits: bits of an entry of the list.
  /// - Returns: their number.
  package func controllerFlipFlops(listBits: Int) -> Double {
    Double(entries * listBits + inputs + geometry.encoderWidth + 85)
  }

  /// Look-up tables of a PE of hybrid-2024; of conv-2023.
  package static let elementTables = (hybrid2024: 145.1, conv2023: 115.6)

  /// Flip-flops of a PE.
  package static let elementFlipFlops = 36.0

  /// Latches of a PE: Vivado makes them of combinational loops that Yosys keeps.
  package static let elementLatches = 20.0

  /// Bits of the registers that keep the layer's spikes: a row a time step.
  package var outputBits: Int { geometry.timeSteps * geometry.neurons }

  /// Look-up tables that decode the writing of an output bit.
  package static let outputTables = 1.1
}
