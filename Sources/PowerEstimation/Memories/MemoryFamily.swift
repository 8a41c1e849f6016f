import Accelerator

/// How the memories of a family of devices are built, and so how many of them a memory of some depth
/// and width takes.
///
/// The rules are those of our syntheses with Yosys 0.70 (`synth_xilinx -family xcup`): exact on the 12
/// runs with block RAM, the 3 with distributed RAM and the 7 whole layers of
/// `Tests/PowerEstimationTests/Fixtures`. The aspect ratios are those of AMD's user guides UG573
/// (UltraScale) and UG473 (7 series).
public enum MemoryFamily: String, CaseIterable, Hashable, Codable, Sendable {
  /// UltraScale and UltraScale+: 8 look-up tables of a slice form one memory.
  case ultraScale = "ultrascale"
  /// Series 7: 4 look-up tables of a slice form one memory.
  case series7 = "7-series"

  /// Widths of a block RAM, with the depth of one of 36 Kb; one of 18 Kb has half of the words.
  private static let ratios: [(depth: Int, width: Int)] = [
    (32_768, 1), (16_384, 2), (8_192, 4), (4_096, 9), (2_048, 18), (1_024, 36),
  ]

  /// Words of a block RAM at its full width: 72 bits for one of 36 Kb, 36 for one of 18 Kb.
  private static let wideDepth = 512

  /// Block RAMs of 36 Kb for a memory with one reading and one writing port.
  ///
  /// Up to 512 words the width counts: whole RAMs of 72 bits, and one of 18 or 36 Kb for the rest.
  /// Beyond, the cheapest aspect ratio.
  ///
  /// - Parameter shape: depth and width.
  /// - Returns: a multiple of one half: half a block RAM has 18 Kb.
  public func blockRAMs(_ shape: MemoryShape) -> Double {
    if shape.depth <= Self.wideDepth {
      let rest = shape.width % 72
      return Double(shape.width / 72) + (rest == 0 ? 0 : rest <= 36 ? 0.5 : 1)
    }
    var fewest = ceilingDivision(shape.depth, Self.wideDepth) * ceilingDivision(shape.width, 72) * 2
    fewest = min(
      fewest, ceilingDivision(shape.depth, Self.wideDepth) * ceilingDivision(shape.width, 36))
    for ratio in Self.ratios {
      let columns = ceilingDivision(shape.width, ratio.width)
      let whole = 2 * ceilingDivision(shape.depth, ratio.depth) * columns
      let half = ceilingDivision(shape.depth, ratio.depth / 2) * columns
      // One of 18 Kb has no aspect ratio of 512 x 72; its 512 x 36 was counted above.
      fewest = min(fewest, whole, half)
    }
    return Double(fewest) / 2
  }

  /// Ultra RAMs, which have one aspect ratio: 4,096 words of 72 bits (UG573, "UltraRAM").
  ///
  /// Yosys packs nine narrow words into one; Vivado does not, and this is Vivado's rule.
  ///
  /// - Parameter shape: depth and width.
  /// - Returns: how many.
  public func ultraRAMs(_ shape: MemoryShape) -> Double {
    Double(ceilingDivision(shape.depth, 4_096) * ceilingDivision(shape.width, 72))
  }

  /// Look-up tables of a distributed RAM with a writing and a reading port.
  ///
  /// UltraScale: 8 tables hold 32 words of 14 bits (RAM32M16) or 64 of 7 (RAM64M8). Series 7: 4 hold 32
  /// words of 6 bits (RAM32M) or 64 of 3 (RAM64M).
  ///
  /// - Parameter shape: depth and width.
  /// - Returns: how many; the read port's multiplexer beyond 64 words is not counted.
  public func distributedTables(_ shape: MemoryShape) -> Double {
    let (tables, shallow, deep) = self == .ultraScale ? (8, 14, 7) : (4, 6, 3)
    if shape.depth <= 32 { return Double(ceilingDivision(shape.width, shallow) * tables) }
    return Double(
      ceilingDivision(shape.width, deep) * tables * ceilingDivision(shape.depth, 64))
  }
}
