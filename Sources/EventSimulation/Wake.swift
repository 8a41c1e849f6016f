/// What a process answers when it has done the work of a cycle: when to resume it.
@frozen
public enum Wake {
  /// In the last cycle of the stay that it has just begun.
  case afterStay
  /// After its stay, in a state of its own, as soon as one of these signals changes (a level) or is
  /// high (a pulse).
  ///
  /// A pulse that is high before the stay is over is missed, as in hardware; a level that changed
  /// during the stay wakes the process in the first cycle after it.
  case on(PortSet, in: UInt8)
  /// Never again: it remains in this state.
  case never(in: UInt8)
}

extension Wake {
  /// Waits in a state for one of some signals.
  ///
  /// - Parameters:
  ///   - ports: the signals, as ``Topology/connect(_:to:)`` named them.
  ///   - state: the state in which the process waits.
  /// - Returns: the answer.
  @inlinable @inline(__always)
  public static func waiting<State: ProcessState>(for ports: PortSet, in state: State) -> Wake {
    .on(ports, in: state.rawValue)
  }

  /// Stays in a state for ever.
  ///
  /// - Parameter state: the state.
  /// - Returns: the answer.
  @inlinable @inline(__always)
  public static func forever<State: ProcessState>(in state: State) -> Wake {
    .never(in: state.rawValue)
  }
}
