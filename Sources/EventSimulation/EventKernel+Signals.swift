extension EventKernel {
  /// The value of a level signal in this cycle.
  ///
  /// - Parameter signal: a signal of kind `level`.
  /// - Returns: its value.
  @inlinable @inline(__always)
  public func value(of signal: SignalIdentifier) -> UInt64 {
    let register = signals + signal.index
    // Selections instead of branches: which of the values it is cannot be predicted.
    var value = register.pointee.value
    value = now >= register.pointee.firstTime ? register.pointee.firstValue : value
    return now >= register.pointee.secondTime ? register.pointee.secondValue : value
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
  /// At most two changes may be under way at once; later ones must not overtake earlier ones. Every
  /// write counts as a change, also of an equal value.
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
    var wire = listeners + Int(register.pointee.firstListener)
    let end = listeners + Int(register.pointee.endOfListeners)
    while wire < end {
      let process = processes + Int(wire.pointee.process)
      if process.pointee.waitMask & wire.pointee.port != 0 {
        advance(process, to: max(time, process.pointee.cursor))
      }
      wire += 1
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
    var wire = listeners + Int(register.pointee.firstListener)
    let end = listeners + Int(register.pointee.endOfListeners)
    while wire < end {
      let process = processes + Int(wire.pointee.process)
      if process.pointee.waitMask & wire.pointee.port != 0 {
        if time >= process.pointee.cursor {
          advance(process, to: time)
        } else {
          process.pointee.missed &+= 1
        }
      }
      wire += 1
    }
  }

  /// Resumes a waiting process in a cycle, unless it is resumed earlier anyway.
  @inlinable @inline(__always)
  func advance(_ process: UnsafeMutablePointer<ProcessRegister>, to time: Cycle) {
    let slot = Int(truncatingIfNeeded: process.pointee.tag & ((1 &<< WinnerTree.processBits) &- 1))
    let key = WinnerTree.key(time, tag: process.pointee.tag)
    if key < tree.key(of: slot) { tree.set(slot, to: key) }
  }

  /// When signal changes that are already under way resume a process that begins to wait now.
  ///
  /// A writer may have been resumed before the waiter in this very cycle: looking ahead here makes
  /// the order within a cycle immaterial.
  @inlinable @inline(__always)
  func pendingWake(
    of process: UnsafeMutablePointer<ProcessRegister>, ports: UInt32, from unseen: Cycle
  ) -> Cycle {
    var earliest = Cycle.max
    var remaining = ports
    let first = portSignals + Int(process.pointee.firstPort)
    let ready = process.pointee.cursor
    while remaining != 0 {
      let register = signals + Int(first[remaining.trailingZeroBitCount])
      remaining &= remaining &- 1
      let (older, younger) = (register.pointee.firstTime, register.pointee.secondTime)
      if register.pointee.isPulse {
        if older >= unseen && older != .max {
          if older >= ready {
            earliest = min(earliest, older)
          } else {
            process.pointee.missed &+= 1
          }
        }
        if younger >= unseen && younger != .max {
          if younger >= ready {
            earliest = min(earliest, younger)
          } else {
            process.pointee.missed &+= 1
          }
        }
      } else if younger >= max(unseen, 1) {
        // The younger change is the later one, so nothing is under way if it is not. A level
        // cannot be preset: in cycle 0 there is no change, only the initial value.
        let change = older >= max(unseen, 1) ? older : younger
        earliest = min(earliest, max(change, ready))
      }
    }
    return earliest
  }
}
