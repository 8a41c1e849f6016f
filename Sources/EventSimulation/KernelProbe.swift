/// An observer of a simulation, chosen at compile time.
///
/// Every member has an empty default, and the kernel is generic over its probe: with ``NoProbe``
/// the calls and the values computed for them vanish.
public protocol KernelProbe {
  /// A process spent cycles in a state.
  ///
  /// A stay that passes through several states in turn (load, encode, load, encode, ...) is
  /// reported once a state, with the cycles added up, in the order of the first visit.
  mutating func stayed(_ process: ProcessIdentifier, in state: UInt8, from: Cycle, for: Cycle)
  /// A process waited in a state, and was resumed in the last of these cycles.
  ///
  /// Resumptions at the end of a stay are reported as waits of no cycles.
  mutating func waited(_ process: ProcessIdentifier, in state: UInt8, from: Cycle, for: Cycle)
  /// A process begins to wait in a state, once its stay is over; if it is never resumed, it remains
  /// there.
  mutating func rests(_ process: ProcessIdentifier, in state: UInt8)
  /// A pulse signal is going to be high in a cycle.
  mutating func pulsed(_ signal: SignalIdentifier, at: Cycle)
  /// A level signal is going to have a value from a cycle on.
  mutating func wrote(_ signal: SignalIdentifier, value: UInt64, from: Cycle)
}

extension KernelProbe {
  /// Ignores it.
  @inlinable @inline(__always)
  public mutating func stayed(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for: Cycle
  ) {}
  /// Ignores it.
  @inlinable @inline(__always)
  public mutating func waited(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for: Cycle
  ) {}
  /// Ignores it.
  @inlinable @inline(__always)
  public mutating func rests(_ process: ProcessIdentifier, in state: UInt8) {}
  /// Ignores it.
  @inlinable @inline(__always)
  public mutating func pulsed(_ signal: SignalIdentifier, at: Cycle) {}
  /// Ignores it.
  @inlinable @inline(__always)
  public mutating func wrote(_ signal: SignalIdentifier, value: UInt64, from: Cycle) {}
}

/// Observes nothing and costs nothing.
@frozen
public struct NoProbe: KernelProbe, Sendable {
  /// Creates it.
  @inlinable
  public init() {}
}
