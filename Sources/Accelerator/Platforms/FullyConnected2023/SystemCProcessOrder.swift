import EventSimulation

/// In which order the published simulator runs its event controllers within a clock cycle.
///
/// A quirk: they talk through plain variables, so a controller sees what another one wrote in the
/// very same cycle if it happens to run after it, and a cycle later otherwise. The SystemC standard
/// leaves the order open; the reference kernel resumes the first process that waits for the clock
/// first, and all others in the reverse of the last cycle's order. Follows docs/hardware/fc-2023.md,
/// "Who sees what when".
///
/// Our simulation registers every signal, so the order becomes a delay of each signal, computed here.
enum SystemCProcessOrder {
  /// Whether one controller runs before another one in a cycle.
  ///
  /// - Parameters:
  ///   - layer: the layer of the one.
  ///   - cycle: the cycle.
  ///   - firstEnded: the cycle in which the controller of layer 0 ends; 0 as long as that is not
  ///     known, which is at least until two cycles before it ends.
  /// - Returns: true if it runs before the controllers of all later layers; they run before it
  ///   otherwise.
  @inline(__always)
  static func runsBeforeLaterLayers(_ layer: Int, in cycle: Cycle, firstEnded: Cycle) -> Bool {
    if layer == 0 { return true }
    // In an even cycle, layer 1 comes next, and inherits the privilege; in an odd one, a neuron does.
    let inheritsPrivilege = firstEnded != 0 && firstEnded % 2 == 0 && cycle > firstEnded
    if layer == 1, inheritsPrivilege { return true }
    return cycle % 2 == 0
  }

  /// When the next layer's controller sees that a buffer was filled.
  ///
  /// - Parameters:
  ///   - layer: the layer that fills it.
  ///   - cycle: when.
  ///   - firstEnded: see ``runsBeforeLaterLayers(_:in:firstEnded:)``.
  /// - Returns: that cycle, or the next one.
  @inline(__always)
  static func fillIsSeen(by layer: Int, at cycle: Cycle, firstEnded: Cycle) -> Cycle {
    runsBeforeLaterLayers(layer, in: cycle, firstEnded: firstEnded) ? cycle : cycle &+ 1
  }

  /// When the controller of the layer before sees that a buffer was freed.
  ///
  /// - Parameters:
  ///   - layer: the layer that frees its input buffer.
  ///   - cycle: when.
  ///   - firstEnded: see ``runsBeforeLaterLayers(_:in:firstEnded:)``.
  /// - Returns: that cycle, or the next one.
  @inline(__always)
  static func releaseIsSeen(by layer: Int, at cycle: Cycle, firstEnded: Cycle) -> Cycle {
    runsBeforeLaterLayers(layer &- 1, in: cycle, firstEnded: firstEnded) ? cycle &+ 1 : cycle
  }
}
