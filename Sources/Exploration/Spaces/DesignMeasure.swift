/// What designs are compared by, and held to.
///
/// Less is better of all of them; what is better when there is more of it is the inverse of one:
/// see ``inverses``.
public enum DesignMeasure: String, CaseIterable, Codable, Hashable, Sendable {
  /// The mean latency of an image, s.
  case latency
  /// The latency that 99 % of the images keep, s.
  case latencyP99 = "latency-p99"
  /// The energy of an image by the vectorless estimate, J.
  case energy
  /// The power while images are worked off, by the vectorless estimate, W.
  case power
  /// Look-up tables, whatever they serve as.
  case tables = "lut"
  /// Flip-flops and latches.
  case flipFlops = "ff"
  /// Block RAMs of 36 Kb.
  case blockRAMs = "bram36"
  /// Ultra RAMs of 288 Kb.
  case ultraRAMs = "uram"
  /// Multipliers with adders.
  case multipliers = "dsp"
  /// Finished frames that the hardware loses, of all samples together.
  case lostFrames = "lost-frames"

  /// Measures of which more is better, by what they are the inverse of.
  public static let inverses: [String: DesignMeasure] = [
    "frame-rate": .latency, "fps-per-watt": .energy,
  ]

  /// What the measure is counted in; empty for plain numbers.
  public var unit: String {
    switch self {
    case .latency, .latencyP99: "s"
    case .energy: "J"
    case .power: "W"
    default: ""
    }
  }

  /// What tables call it.
  public var label: String {
    switch self {
    case .latency, .energy, .power: rawValue
    case .latencyP99: "p99 latency"
    case .tables, .flipFlops, .blockRAMs, .ultraRAMs, .multipliers: rawValue.uppercased()
    case .lostFrames: "lost frames"
    }
  }

  /// Whether it is known only for a device.
  var needsDevice: Bool { self == .energy || self == .power }

  /// The numbers that it depends on; the 99th percentile, on none that add up.
  var dimensions: [DesignCost.Dimension] {
    switch self {
    case .latency: [.cycles]
    case .latencyP99: []
    case .energy: [.cycles, .energyPerCycle]
    case .power: [.energyPerCycle]
    case .tables: [.tables]
    case .flipFlops: [.flipFlops]
    case .blockRAMs: [.blockRAMs]
    case .ultraRAMs: [.ultraRAMs]
    case .multipliers: [.multipliers]
    case .lostFrames: [.lostFrames]
    }
  }
}

/// A limit that a design must keep.
public struct DesignConstraint: Codable, Hashable, Sendable {
  /// What is limited.
  public var measure: DesignMeasure
  /// The most that is allowed, in the measure's unit.
  public var limit: Double
  /// Who sets the limit: the key of the space's file, or the device.
  public var origin: String

  /// Creates a constraint.
  ///
  /// - Parameters:
  ///   - measure: what is limited.
  ///   - limit: the most that is allowed, in the measure's unit.
  ///   - origin: who sets the limit.
  public init(_ measure: DesignMeasure, atMost limit: Double, origin: String) {
    self.measure = measure
    self.limit = limit
    self.origin = origin
  }

  /// By how much of the limit a value exceeds it; below 0 if it does not.
  func excess(_ value: Double) -> Double {
    (value - limit) / (limit > 0 ? limit : 1)
  }
}
