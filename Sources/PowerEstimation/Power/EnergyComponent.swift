/// What energy goes into, in the five groups that charts tell apart.
public enum EnergyComponent: String, CaseIterable, Hashable, Codable, Sendable {
  /// Memories of spikes, weights and membrane potentials.
  case memory
  /// Look-up tables, their wires, and registers.
  case logic
  /// What flows while nothing moves.
  case leakage = "static"
  /// The clock network.
  case clock
  /// Additions, products and activations.
  case arithmetic
}

extension PowerCoefficient.Kind {
  /// What a coefficient's energy goes into.
  public var component: EnergyComponent {
    switch self {
    case .logic, .signals, .register: .logic
    case .clock: .clock
    case .distributedRAM, .blockRAM, .ultraRAM, .blockAccess, .ultraAccess: .memory
    case .multiplier, .accumulation, .activation: .arithmetic
    }
  }
}

/// An event, or a cycle of something, that the activity-based estimate prices; raw values are the names
/// of contributions.
enum ActivityEvent: String, CaseIterable {
  case spikeReads = "spike RAM reads"
  case spikeWrites = "spike RAM writes"
  case weightReads = "weight reads"
  case potentials = "membrane potentials"
  case additions
  case products
  case activations
  case encoder
  case controllerLogic = "controller logic"
  case spikeWriter = "spike writer"
  case registers
  case workingClock = "clock, working"
  case idleClock = "clock, idle"

  /// What its energy goes into.
  var component: EnergyComponent {
    switch self {
    case .spikeReads, .spikeWrites, .weightReads, .potentials: .memory
    case .additions, .products, .activations: .arithmetic
    case .encoder, .controllerLogic, .spikeWriter, .registers: .logic
    case .workingClock, .idleClock: .clock
    }
  }
}
