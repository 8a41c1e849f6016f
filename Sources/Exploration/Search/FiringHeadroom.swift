import Accelerator

/// How much more the neurons of a network may fire until a design misses a deadline.
public struct FiringHeadroom: Hashable, Codable, Sendable {
  /// The deadline of the mean latency, s.
  public var deadlineSeconds: Double
  /// Spikes per neuron and time step that the layers hand on to each other, as measured, 0...1.
  public var firingRate: Double
  /// How many times as often the neurons may fire, less than 1 if they fire too often already; nil if
  /// the deadline is kept however often those fire that do, or missed without any spike.
  public var factor: Double?
  /// The same as a rate, 0...1; 1 and 0 in the cases in which there is no factor.
  public var largestFiringRate: Double
}

extension DesignExploration {
  /// The largest firing rate with which a design still meets a deadline.
  ///
  /// The spikes between the layers are multiplied, those of the input are not: so many times as many in
  /// every frame, rounded, and at most as many as there are neurons. A larger factor is tried until the
  /// deadline is missed, in steps of 10 %, and then bisected to 0.01 %.
  ///
  /// - Parameters:
  ///   - design: a design of this space.
  ///   - deadline: of the mean latency, s.
  /// - Returns: the rate; nil if no layer's timing depends on spikes of another.
  /// - Throws: what the closed form throws; `CancellationError` if the task is cancelled.
  public func headroom(
    of design: ExplorationReport.Design, deadline: Double
  ) throws -> FiringHeadroom? {
    try variants[design.variant].headroom(
      hardware(of: design, name: ""), clock: design.clockHertz, deadline: deadline)
  }
}

extension MeasuredSpace {
  fileprivate func headroom(
    _ file: HardwareFile, clock: Double, deadline: Double
  ) throws -> FiringHeadroom? {
    let bound = try file.fit(to: header, trace: trace)
    let groups = bound.layers.map(\.countedGroup)
    let inner = bound.layers.indices.dropFirst(bound.firstLayer == 0 ? 1 : 0).filter {
      groups[$0] != nil
    }
    var (spikes, places) = (0.0, 0.0)
    for sample in counts {
      for layer in inner {
        spikes += sample[layer].reduce(0) { $0 + Double($1) }
        places += Double(sample[layer].count) * Double(groups[layer] ?? 0)
      }
    }
    guard places > 0 else { return nil }
    let rate = spikes / places

    /// Whether the mean latency of all samples keeps the deadline.
    func keeps(_ factor: Double) throws -> Bool {
      try Task.checkCancellation()
      var cycles = 0.0
      for sample in counts {
        var scaled = sample
        for layer in inner {
          let largest = Double(groups[layer] ?? 0)
          for index in scaled[layer].indices {
            scaled[layer][index] = UInt32(
              min((Double(sample[layer][index]) * factor).rounded(), largest))
          }
        }
        cycles += Double(try bound.model.closedForm(counts: scaled).latency)
      }
      return cycles / Double(counts.count) / clock <= deadline
    }

    func result(_ factor: Double?, _ largest: Double) -> FiringHeadroom {
      FiringHeadroom(
        deadlineSeconds: deadline, firingRate: rate, factor: factor, largestFiringRate: largest)
    }
    guard rate > 0 else { return result(nil, try keeps(1) ? 1 : 0) }
    guard try keeps(0) else { return result(nil, 0) }
    // Every count at its most, whatever it is: beyond that nothing changes.
    let most = places
    var (low, high) = (0.0, 1 / 16.0)
    while try keeps(high) {
      guard high < most else { return result(nil, 1) }
      low = high
      high *= high < 1 || high > 64 ? 2 : 1.1
    }
    while high - low > 1e-4 * high {
      let middle = (low + high) / 2
      if try keeps(middle) { low = middle } else { high = middle }
    }
    return result(low, min(1, rate * low))
  }
}
