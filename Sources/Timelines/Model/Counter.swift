import EventSimulation

/// A number that changes over time.
public struct Counter: Sendable {
  /// A new value.
  public struct Point: Hashable, Sendable {
    /// The first cycle with this value.
    public var cycle: Cycle
    /// The value.
    public var value: Double

    /// Creates a point.
    public init(cycle: Cycle, value: Double) {
      self.cycle = cycle
      self.value = value
    }
  }

  /// What it counts.
  public var name: String
  /// What it is counted in, in the plural: `spikes`.
  public var unit: String
  /// The layer's position, nil for the whole accelerator.
  public var layer: Int?
  /// The values, in ascending order of cycles; 0 before the first.
  public var points: [Point]

  /// Creates a counter.
  public init(name: String, unit: String, layer: Int?, points: [Point]) {
    self.name = name
    self.unit = unit
    self.layer = layer
    self.points = points
  }

  /// The value in a cycle.
  public func value(at cycle: Cycle) -> Double {
    var (low, high) = (0, points.count)
    while low < high {
      let middle = (low + high) / 2
      if points[middle].cycle <= cycle { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? points[low - 1].value : 0
  }
}

extension Counter {
  /// The level signals: lists, and whether somebody is ready.
  static func levels(_ signals: [SignalTrack]) -> [Counter] {
    signals.filter { $0.kind == .level && !$0.changes.isEmpty }.map { signal in
      Counter(
        name: signal.name, unit: signal.name == "list" ? "spikes" : "level", layer: signal.layer,
        points: signal.changes.map { Point(cycle: $0.cycle, value: Double($0.value)) })
    }
  }

  /// How many engines are busy at once, in all and a layer each.
  ///
  /// The nearest thing to power that cycles alone tell; engines differ in size, so it is no power.
  static func busyEngines(_ engines: [EngineTrack], layers: [Timeline.Layer]) -> [Counter] {
    let all = Counter(name: "busy engines", unit: "engines", layer: nil, points: busy(engines[...]))
    return [all]
      + layers.indices.map { layer in
        let own = engines.filter { $0.layer == layer }
        return Counter(name: "busy engines", unit: "engines", layer: layer, points: busy(own[...]))
      }
  }

  private static func busy(_ engines: ArraySlice<EngineTrack>) -> [Point] {
    var edges: [(cycle: Cycle, step: Int)] = []
    for engine in engines {
      for slice in engine.slices where engine.activity(of: slice) == .busy {
        // Work that follows work at once changes nothing.
        if let last = edges.last, last.step < 0, last.cycle == slice.from {
          edges.removeLast()
        } else {
          edges.append((slice.from, 1))
        }
        edges.append((slice.end, -1))
      }
    }
    edges.sort { $0.cycle < $1.cycle }
    var points = [Point(cycle: 0, value: 0)]
    var value = 0
    for (index, edge) in edges.enumerated() {
      value += edge.step
      if index + 1 < edges.count, edges[index + 1].cycle == edge.cycle { continue }
      if points.last?.cycle == edge.cycle { points.removeLast() }
      if points.last?.value != Double(value) {
        points.append(Point(cycle: edge.cycle, value: Double(value)))
      }
    }
    return points
  }
}
