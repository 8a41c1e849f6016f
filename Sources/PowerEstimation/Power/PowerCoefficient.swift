/// What one event, or one cycle of one resource, costs in energy.
public struct PowerCoefficient: Hashable, Codable, Sendable {
  /// What is counted.
  public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
    /// A look-up table and cycle: the logic in it.
    case logic
    /// A look-up table and cycle: the wires it drives.
    case signals
    /// A flip-flop and cycle: the flip-flop itself.
    case register
    /// A flip-flop and cycle: its share of the clock network.
    case clock
    /// A look-up table that serves as memory, and cycle.
    case distributedRAM = "distributed-ram"
    /// A block RAM of 36 Kb and cycle, as used on average.
    case blockRAM = "block-ram"
    /// An ultra RAM and cycle, as used on average.
    case ultraRAM = "ultra-ram"
    /// A multiplier and cycle.
    case multiplier
    /// A bit read from or written to a block RAM.
    case blockAccess = "block-access"
    /// A bit read from or written to an ultra RAM.
    case ultraAccess = "ultra-access"
    /// The addition of a weight to a membrane potential, without its memories.
    case accumulation
    /// The activation of a neuron (leak, threshold, reset), without its memories.
    case activation

    /// What the energy is for, as it stands behind "a": `LUT and cycle`.
    public var basis: String {
      switch self {
      case .logic, .signals: "LUT and cycle"
      case .register, .clock: "FF and cycle"
      case .distributedRAM: "LUTRAM and cycle"
      case .blockRAM: "BRAM36 and cycle"
      case .ultraRAM: "URAM and cycle"
      case .multiplier: "DSP and cycle"
      case .blockAccess, .ultraAccess: "bit read or written"
      case .accumulation: "addition"
      case .activation: "neuron and time step"
      }
    }

    /// Whether it belongs to the vectorless estimate, which knows no events.
    public var isVectorless: Bool {
      ![.blockAccess, .ultraAccess, .accumulation, .activation].contains(self)
    }
  }

  /// What is counted.
  public var kind: Kind
  /// The energy, J.
  public var energy: Estimate
  /// Where the number comes from; says so if it is an assumption.
  public var source: String

  /// Creates a coefficient.
  ///
  /// - Parameters:
  ///   - kind: what is counted.
  ///   - energy: the energy, J.
  ///   - source: where the number comes from.
  public init(kind: Kind, energy: Estimate, source: String) {
    self.kind = kind
    self.energy = energy
    self.source = source
  }
}

/// The coefficients of a technology.
public struct CoefficientSet: Hashable, Codable, Sendable {
  /// Its name: `ultrascale-plus`.
  public var name: String
  /// The technology that it holds for.
  public var technology: String
  /// The supply at which it holds, V.
  public var voltage: Double
  /// All coefficients, one of each kind.
  public var coefficients: [PowerCoefficient]

  /// The coefficient of a kind.
  public subscript(kind: PowerCoefficient.Kind) -> PowerCoefficient {
    coefficients.first { $0.kind == kind }
      ?? PowerCoefficient(kind: kind, energy: .zero, source: "not in the set")
  }
}
