/// A process of a topology.
@frozen
public struct ProcessIdentifier: Hashable, Sendable {
  /// Position in the topology.
  public let index: Int

  /// Names the process at a position.
  @inlinable
  public init(_ index: Int) { self.index = index }
}

/// A signal of a topology: a register that one process writes and others read.
@frozen
public struct SignalIdentifier: Hashable, Sendable {
  /// Position in the topology.
  public let index: Int

  /// Names the signal at a position.
  @inlinable
  public init(_ index: Int) { self.index = index }
}

/// A set of signals that a process is connected to, and can wait for.
///
/// Ports are numbered per process, so that a set is one word.
@frozen
public struct PortSet: OptionSet, Hashable, Sendable {
  /// Bit `p` stands for port `p` of the process.
  public let rawValue: UInt32

  /// Creates a set from its bits.
  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}
