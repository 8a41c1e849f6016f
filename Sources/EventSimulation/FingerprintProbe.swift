/// A hash of everything that happened in a run: which process was in which state from when to when,
/// and every signal change.
///
/// Two runs with the same fingerprint did the same, cycle by cycle. The hashes of single events are
/// added, and each contains its cycle, so the fingerprint does not depend on the order in which
/// processes are resumed within a cycle.
@frozen
public struct FingerprintProbe: KernelProbe, Hashable, Sendable {
  /// The sum so far.
  public private(set) var value: UInt64 = 0

  /// An empty fingerprint.
  public init() {}

  /// Adds a stay.
  public mutating func stayed(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for length: Cycle
  ) {
    add(kind: 1 + UInt64(state), index: process.index, from, length)
  }

  /// Adds a wait.
  public mutating func waited(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for length: Cycle
  ) {
    if length > 0 { add(kind: 101 + UInt64(state), index: process.index, from, length) }
  }

  /// Adds a pulse.
  public mutating func pulsed(_ signal: SignalIdentifier, at cycle: Cycle) {
    add(kind: 201, index: signal.index, cycle, 1)
  }

  /// Adds a change of a level.
  public mutating func wrote(_ signal: SignalIdentifier, value: UInt64, from cycle: Cycle) {
    add(kind: 202, index: signal.index, cycle, value)
  }

  private mutating func add(kind: UInt64, index: Int, _ cycle: Cycle, _ payload: UInt64) {
    var hash = Self.mixed(cycle &+ 0x9E37_79B9_7F4A_7C15)
    hash = Self.mixed(hash ^ (kind &<< 32) ^ UInt64(truncatingIfNeeded: index))
    value &+= Self.mixed(hash ^ payload)
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): every input bit reaches every
  /// output bit.
  private static func mixed(_ input: UInt64) -> UInt64 {
    var bits = input
    bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits &>> 31)
  }
}
