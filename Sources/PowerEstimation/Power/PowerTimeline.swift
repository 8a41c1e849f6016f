/// The power of an accelerator over the time of one sample, in windows of equal length.
///
/// Each contribution to the energy of the sample is shared out over the cycles in which the engine that
/// causes it works; static power over all, clocks over the cycles in which their layer is active, or is
/// not. Power times length of the windows adds up to the energy of the sample, exactly but for rounding.
public struct PowerTimeline: Hashable, Sendable {
  /// When an engine did what.
  public struct Engine: Hashable, Sendable {
    /// The layer's position.
    public var layer: Int
    /// Its name: `compression engine`.
    public var name: String
    /// The cycles of each state in which it works, in ascending order.
    public var busy: [String: [Range<UInt64>]]
    /// The cycles in which it is not idle, in ascending order.
    public var active: [Range<UInt64>]

    /// Creates an engine's record.
    public init(
      layer: Int, name: String, busy: [String: [Range<UInt64>]], active: [Range<UInt64>]
    ) {
      self.layer = layer
      self.name = name
      self.busy = busy
      self.active = active
    }
  }

  /// What a part of the accelerator draws.
  public struct Part: Hashable, Sendable {
    /// The layer's name; nil for what flows all the time: static power and clocks of resting layers.
    public var layer: String?
    /// The power in each window, W.
    public var power: [Double]
  }

  /// Windows at most.
  public static let largestCount = 240

  /// The sample's position in the trace.
  public var sample: Int
  /// Seconds of each window; the last one may be shorter.
  public var lengths: [Double]
  /// Cycles of a window; the last one may have fewer.
  public var windowCycles: UInt64
  /// The layers' parts, from the input to the output, then what flows all the time.
  public var parts: [Part]
  /// The energy of the sample, J: the most likely value.
  public var energy: Double

  /// The mean power, W.
  public var meanPower: Double {
    let time = lengths.reduce(0, +)
    return time > 0 ? energy / time : 0
  }

  /// Shares out the energy of one sample; nil if the estimate has no counts, or the sample no cycles.
  ///
  /// - Parameters:
  ///   - power: the estimate for a replay of this sample alone.
  ///   - sample: its position in the trace.
  ///   - cycles: its latency; what happens later is put into the last window.
  ///   - engines: when each engine worked.
  public init?(_ power: PowerReport, sample: Int, cycles: UInt64, engines: [Engine]) {
    guard let activity = power.activity, cycles > 0 else { return nil }
    let windows = Windows(cycles: cycles, count: UInt64(Self.largestCount))
    let seconds = power.latencySeconds / Double(cycles)
    self.sample = sample
    windowCycles = windows.length
    lengths = (0..<windows.count).map { Double(windows.cycles(of: $0)) * seconds }
    energy = activity.energyPerImage.value
    var energies = power.layers.map { _ in Array(repeating: 0.0, count: windows.count) }
    var rest = Array(repeating: 0.0, count: windows.count)
    var remaining = energy
    for (index, layer) in power.layers.enumerated() {
      let own = engines.filter { $0.layer == index }
      for part in layer.contributions {
        let event = ActivityEvent(rawValue: part.name)
        windows.share(
          part.energy.value, over: own.times(of: event, count: part.count, cycles: cycles),
          into: &energies[index])
        remaining -= part.energy.value
      }
    }
    // Static power and resting clocks: what no layer's own work causes.
    windows.share(remaining, over: [], into: &rest)
    let lengths = lengths
    func watts(_ energies: [Double]) -> [Double] { zip(energies, lengths).map { $0 / $1 } }
    parts =
      zip(power.layers, energies).map { Part(layer: $0.name, power: watts($1)) }
      + [Part(layer: nil, power: watts(rest))]
  }
}

extension [PowerTimeline.Engine] {
  /// When something happens in a layer: while the engine that does it works, if there is one of that
  /// name, else while the layer is active.
  ///
  /// - Parameters:
  ///   - event: what happens.
  ///   - count: how often.
  ///   - cycles: those of the sample.
  /// - Returns: the times.
  fileprivate func times(
    of event: ActivityEvent?, count: Double, cycles: UInt64
  ) -> [Range<UInt64>] {
    let elements = ["processing elements", "dense core", "event controller"]
    let found: [Range<UInt64>] =
      switch event {
      case .spikeReads: spikeReads(count: UInt64(count.rounded()), cycles: cycles)
      case .encoder: busy(["compression", "event controller"])
      case .spikeWriter, .spikeWrites: busy(["writer", "threshold unit"])
      case .additions, .weightReads, .products: busy(elements, in: ["accumulat", "add"])
      case .activations: busy(elements + ["threshold unit"], in: ["activat", "leak"])
      case .potentials: busy(elements)
      case .controllerLogic, .registers, .workingClock, .idleClock, nil: []
      }
    return found.isEmpty ? flatMap(\.active).united : found
  }

  private func busy(_ words: [String], in states: [String]? = nil) -> [Range<UInt64>] {
    filter { engine in words.contains { engine.name.contains($0) } }.flatMap { engine in
      engine.busy.filter { entry in
        states.map { $0.contains { entry.key.contains($0) } } ?? true
      }.flatMap(\.value)
    }
  }

  /// When the input's RAM is read: as published mostly in the cycles in which the compression engine is
  /// idle, from the start of the sample on (docs/hardware/conv-2023.md, quirk `idle-reads`); there are
  /// more reads than it works cycles then.
  private func spikeReads(count: UInt64, cycles: UInt64) -> [Range<UInt64>] {
    let working = busy(["compression", "event controller"])
    guard count > working.reduce(0, { $0 + UInt64($1.count) }),
      let engine = first(where: { $0.name.contains("compression") })
    else { return working }
    var times: [Range<UInt64>] = []
    var (cycle, left) = (UInt64(0), count)
    for active in engine.active.united + [cycles..<cycles] where left > 0 {
      let idle = Swift.min(left, active.lowerBound > cycle ? active.lowerBound - cycle : 0)
      if idle > 0 { times.append(cycle..<cycle + idle) }
      left -= idle
      cycle = active.upperBound
    }
    return times
  }
}

extension [Range<UInt64>] {
  /// The cycles that are in any of the times, each once, in ascending order.
  fileprivate var united: [Range<UInt64>] {
    var union: [Range<UInt64>] = []
    for time in sorted(by: { $0.lowerBound < $1.lowerBound }) where !time.isEmpty {
      if let last = union.last, last.upperBound >= time.lowerBound {
        union[union.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, time.upperBound)
      } else {
        union.append(time)
      }
    }
    return union
  }
}

/// Windows of equal length over the cycles of a sample.
private struct Windows {
  let cycles: UInt64
  let length: UInt64
  let count: Int

  init(cycles: UInt64, count: UInt64) {
    self.cycles = cycles
    length = max((cycles + count - 1) / count, 1)
    self.count = Int((cycles + length - 1) / length)
  }

  func cycles(of window: Int) -> UInt64 {
    min(length, cycles - UInt64(window) * length)
  }

  /// Adds an energy to the windows, in proportion to the cycles that times have in each; to all alike
  /// if there are no times.
  func share(_ energy: Double, over times: [Range<UInt64>], into energies: inout [Double]) {
    var weights = Array(repeating: 0.0, count: count)
    for time in times {
      var cycle = time.lowerBound
      while cycle < time.upperBound {
        let window = min(Int(cycle / length), count - 1)
        let end =
          window == count - 1 ? time.upperBound : min(time.upperBound, UInt64(window + 1) * length)
        weights[window] += Double(end - cycle)
        cycle = end
      }
    }
    var sum = weights.reduce(0, +)
    if sum == 0 {
      weights = (0..<count).map { Double(cycles(of: $0)) }
      sum = Double(cycles)
    }
    for window in 0..<count { energies[window] += energy * weights[window] / sum }
  }
}
