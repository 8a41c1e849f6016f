/// The flip-flops of one signal, with up to two changes under way.
@frozen
@usableFromInline
struct SignalRegister: BitwiseCopyable {
  /// A level: its value before both changes.
  @usableFromInline var value: UInt64 = 0
  /// A level: its value from `firstTime` on.
  @usableFromInline var firstValue: UInt64 = 0
  /// A level: its value from `secondTime` on.
  @usableFromInline var secondValue: UInt64 = 0
  /// A level: when the older change is seen; a pulse: the pulse before the latest.
  @usableFromInline var firstTime: Cycle
  /// A level: when the younger change is seen; a pulse: the latest.
  @usableFromInline var secondTime: Cycle
  /// Whether this is a pulse or a level.
  @usableFromInline let isPulse: Bool

  init(isPulse: Bool) {
    self.isPulse = isPulse
    // No cycle is ever equal to the time of a pulse that has not been.
    firstTime = isPulse ? .max : 0
    secondTime = isPulse ? .max : 0
  }
}

extension EventKernel {
  /// The value of a level signal in this cycle.
  ///
  /// - Parameter signal: a signal of kind `level`.
  /// - Returns: its value.
  @inlinable @inline(__always)
  public func value(of signal: SignalIdentifier) -> UInt64 {
    let register = signals + signal.index
    if now >= register.pointee.secondTime { return register.pointee.secondValue }
    return now >= register.pointee.firstTime ? register.pointee.firstValue : register.pointee.value
  }

  /// Whether a pulse signal is high in this cycle.
  ///
  /// - Parameter signal: a signal of kind `pulse`.
  /// - Returns: true in the one cycle of a pulse.
  @inlinable @inline(__always)
  public func isHigh(_ signal: SignalIdentifier) -> Bool {
    let register = signals + signal.index
    return register.pointee.secondTime == now || register.pointee.firstTime == now
  }

  /// Whether the last pulse of a signal was at or after a cycle.
  ///
  /// - Parameters:
  ///   - signal: a signal of kind `pulse`.
  ///   - cycle: the earliest cycle that counts.
  /// - Returns: true if the latest pulse seen up to now is not older than `cycle`.
  @inlinable @inline(__always)
  public func hasPulsed(_ signal: SignalIdentifier, since cycle: Cycle) -> Bool {
    let register = signals + signal.index
    if register.pointee.secondTime <= now { return register.pointee.secondTime >= cycle }
    return register.pointee.firstTime <= now && register.pointee.firstTime >= cycle
  }

  /// Writes a level signal.
  ///
  /// At most two changes may be under way at once; later ones must not overtake earlier ones.
  ///
  /// - Parameters:
  ///   - signal: a signal of kind `level`.
  ///   - value: its new value.
  ///   - delay: cycles until it is seen, 1 or more.
  @inlinable @inline(__always)
  public mutating func write(_ signal: SignalIdentifier, _ value: UInt64, after delay: Cycle = 1) {
    let register = signals + signal.index
    let time = now &+ delay
    assert(delay >= 1 && time >= register.pointee.secondTime)
    assert(register.pointee.firstTime <= now || time == register.pointee.secondTime)
    if time != register.pointee.secondTime {
      register.pointee.value = register.pointee.firstValue
      register.pointee.firstValue = register.pointee.secondValue
      register.pointee.firstTime = register.pointee.secondTime
      register.pointee.secondTime = time
    }
    register.pointee.secondValue = value
    probe.wrote(signal, value: value, from: time)
    var wire = Int(listenerBase[signal.index])
    let end = Int(listenerBase[signal.index &+ 1])
    while wire < end {
      let process = Int(truncatingIfNeeded: listeners[wire] &>> 32)
      if waitMask[process] & UInt32(truncatingIfNeeded: listeners[wire]) != 0 {
        advance(process, to: max(time, cursor[process]))
      }
      wire &+= 1
    }
  }

  /// Raises a pulse signal for one cycle.
  ///
  /// At most two pulses may be under way at once, the later one written later.
  ///
  /// - Parameters:
  ///   - signal: a signal of kind `pulse`.
  ///   - delay: cycles until it is seen, 1 or more.
  @inlinable @inline(__always)
  public mutating func pulse(_ signal: SignalIdentifier, after delay: Cycle = 1) {
    assert(delay >= 1)
    raise(signal, at: now &+ delay)
  }

  /// Lets a pulse signal be high in a cycle before the simulation starts: a stimulus.
  ///
  /// - Parameters:
  ///   - signal: a signal of kind `pulse`.
  ///   - cycle: when it is high.
  public mutating func preset(_ signal: SignalIdentifier, at cycle: Cycle) {
    raise(signal, at: cycle)
  }

  @inlinable @inline(__always)
  mutating func raise(_ signal: SignalIdentifier, at time: Cycle) {
    let register = signals + signal.index
    register.pointee.firstTime = register.pointee.secondTime
    register.pointee.secondTime = time
    probe.pulsed(signal, at: time)
    var wire = Int(listenerBase[signal.index])
    let end = Int(listenerBase[signal.index &+ 1])
    while wire < end {
      let process = Int(truncatingIfNeeded: listeners[wire] &>> 32)
      if waitMask[process] & UInt32(truncatingIfNeeded: listeners[wire]) != 0 {
        if time >= cursor[process] {
          advance(process, to: time)
        } else {
          missed[process] &+= 1
        }
      }
      wire &+= 1
    }
  }

  /// Resumes a waiting process in a cycle, unless it is resumed earlier anyway.
  @inlinable @inline(__always)
  mutating func advance(_ process: Int, to time: Cycle) {
    let slot = Int(rank[process])
    let key = time &<< WinnerTree.rankBits | UInt64(truncatingIfNeeded: slot)
    if key < tree.key(of: slot) { tree.set(slot, to: key) }
  }

  /// When signal changes that are already under way resume a process that begins to wait now.
  ///
  /// A writer may have been resumed before the waiter in this very cycle: looking ahead here makes
  /// the order within a cycle immaterial.
  @inlinable @inline(__always)
  mutating func pendingWake(of process: Int, ports: UInt32, from unseen: Cycle) -> Cycle {
    var earliest = Cycle.max
    var remaining = ports
    let base = Int(portBase[process])
    let ready = cursor[process]
    while remaining != 0 {
      let register = signals + Int(portSignal[base &+ remaining.trailingZeroBitCount])
      remaining &= remaining &- 1
      let (first, second) = (register.pointee.firstTime, register.pointee.secondTime)
      if register.pointee.isPulse {
        if first >= unseen && first != .max {
          if first >= ready { earliest = min(earliest, first) } else { missed[process] &+= 1 }
        }
        if second >= unseen && second != .max {
          if second >= ready { earliest = min(earliest, second) } else { missed[process] &+= 1 }
        }
      } else {
        // A level cannot be preset: its registers start at cycle 0 without a change.
        if first >= max(unseen, 1) { earliest = min(earliest, max(first, ready)) }
        if second >= max(unseen, 1) { earliest = min(earliest, max(second, ready)) }
      }
    }
    return earliest
  }
}
