/// What an FPGA consists of, as far as designs run out of it.
public enum Resource: String, CaseIterable, CodingKeyRepresentable, Hashable, Codable, Sendable {
  /// Look-up tables that compute.
  case logicTables
  /// Look-up tables that serve as memory (distributed RAM).
  case memoryTables
  /// Flip-flops and latches, which share the same sites.
  case flipFlops
  /// Block RAMs of 36 Kb; one of 18 Kb counts one half.
  case blockRAMs
  /// Ultra RAMs of 288 Kb.
  case ultraRAMs
  /// Multipliers with adders.
  case multipliers

  /// What vendors and tables call it.
  public var label: String {
    switch self {
    case .logicTables: "LUT"
    case .memoryTables: "LUTRAM"
    case .flipFlops: "FF"
    case .blockRAMs: "BRAM36"
    case .ultraRAMs: "URAM"
    case .multipliers: "DSP"
    }
  }
}
