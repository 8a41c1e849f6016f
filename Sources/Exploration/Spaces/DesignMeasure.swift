/// What designs are compared by, and held to.
///
/// Less is better of all of them; what is better when there is more of it is the inverse of one, or
/// what it leaves of 1: see ``inverses`` and ``complements``.
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
  /// The fullest of the device's pools: the largest part of any that the design takes, 0...1.
  case area
  /// Finished frames that the hardware loses, of all samples together.
  case lostFrames = "lost-frames"
  /// The part of the samples whose recorded prediction is not their label, 0...1.
  case errorRate = "error-rate"

  /// Measures of which more is better, by what they are the inverse of.
  public static let inverses: [String: DesignMeasure] = [
    "frame-rate": .latency, "fps-per-watt": .energy,
  ]
  /// Measures of which more is better, by what they leave of 1.
  public static let complements: [String: DesignMeasure] = ["accuracy": .errorRate]

  /// Every word that means a measure, in the order of tables.
  public static var words: [String] {
    allCases.map(\.rawValue) + inverses.keys.sorted() + complements.keys.sorted()
  }

  /// The measure that a word means; nil if it means none.
  public init?(word: String) {
    guard
      let measure = Self(rawValue: word) ?? Self.inverses[word] ?? Self.complements[word]
    else { return nil }
    self = measure
  }

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
    case .latency, .energy, .power, .area: rawValue
    case .latencyP99: "p99 latency"
    case .tables, .flipFlops, .blockRAMs, .ultraRAMs, .multipliers: rawValue.uppercased()
    case .lostFrames: "lost frames"
    case .errorRate: "error rate"
    }
  }

  /// Whether it is known only for a device.
  var needsDevice: Bool { [.energy, .power, .area].contains(self) }

  /// Whether it is a part of a whole, which people read in percent.
  public var isShare: Bool { self == .area || self == .errorRate }

  /// The numbers that it depends on; the 99th percentile and the error rate, on none that add up.
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
    case .area: [.tables, .flipFlops, .blockRAMs, .ultraRAMs, .multipliers]
    case .lostFrames: [.lostFrames]
    case .errorRate: []
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
