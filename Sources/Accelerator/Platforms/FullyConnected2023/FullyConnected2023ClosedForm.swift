import EventSimulation

/// The timing of platform fc-2023 in closed form: one maximum a time step and layer.
///
/// Derived from the cycle rules of docs/hardware/fc-2023.md alone and sharing no code with the event
/// simulation, with which tests compare it. Time step by time step, through all layers: what a layer
/// does depends on the layer behind it only by the time steps before.
public enum FullyConnected2023ClosedForm {
  /// What a sample costs.
  ///
  /// - Parameters:
  ///   - model: a model that passes ``FullyConnected2023/check()``.
  ///   - counts: spikes of every time step, a list a layer; those that are not there are 0.
  /// - Returns: cycles and counts.
  /// - Throws: ``ConfigurationError`` if the hardware never finishes this sample.
  /// - Complexity: O(time steps x layers).
  public static func sample(
    of model: FullyConnected2023, counts: [[UInt32]]
  ) throws(ConfigurationError) -> ClosedFormSample {
    var pass = Pass(model, counts)
    // The end of the first controller moves nothing before itself, so a second pass is exact.
    if model.quirks.contains(.processOrder), model.geometry.layers > 2 {
      pass.run()
      pass.reset(firstEnd: pass.layers[0].rest)
    }
    pass.run()
    let last = pass.layers.count - 1
    guard let end = pass.end else {
      throw model.deadlockError(
        lost: model.geometry.timeSteps - Int(pass.layers[last].arrivals),
        of: model.geometry.timeSteps)
    }
    var sample = ClosedFormSample(latency: end, layers: [])
    sample.layers.reserveCapacity(pass.layers.count)
    var completed: Cycle = 0
    for (index, layer) in pass.layers.enumerated() {
      let isLast = index == last
      let completion = isLast ? end : min(end, max(completed, layer.left &+ 2))
      sample.layers.append(
        ClosedFormLayer(
          start: layer.start, cycles: completion &- completed,
          activeCycles: layer.rest &- layer.start,
          accumulateCycles: layer.spikes &* layer.wait, activations: layer.activations,
          droppedWrites: isLast ? 0 : layer.handOvers &- pass.layers[index + 1].arrivals))
      completed = completion
    }
    return sample
  }

  /// What enters and leaves the layers of the published hardware when.
  ///
  /// - Parameters:
  ///   - geometry: its layers.
  ///   - spikes: as ``FullyConnected2023Recording/replay(spikes:)`` takes them.
  /// - Returns: the lines that the published simulator prints, in its order, and when the last time
  ///   step leaves the last layer; nil if it never does, with the reason.
  static func log(
    of geometry: PipelineGeometry, spikes: [[UInt32]]
  ) -> (lines: [PipelineReplay.Line], end: Cycle?, deadlock: String?) {
    var pass = Pass(FullyConnected2023(geometry), spikes)
    pass.countsAreOfTimeSteps = false
    pass.lines = []
    pass.run()
    pass.reset(firstEnd: pass.layers[0].rest)
    pass.lines = []
    pass.run()
    var lines = pass.lines ?? []
    if let end = pass.end { lines.removeAll { $0.cycle > end } }
    lines.sort { left, right in
      guard left.cycle == right.cycle else { return left.cycle < right.cycle }
      // The last controller prints what leaves the pipeline.
      let printers = [left, right].map { min($0.boundary, geometry.layers - 1) }
      guard printers[0] != printers[1] else { return left.boundary < right.boundary }
      return pass.descends(min(printers[0], printers[1]), left.cycle)
        == (printers[0] > printers[1])
    }
    let arrived = Int(pass.layers[geometry.layers - 1].arrivals)
    let deadlock = FullyConnected2023.deadlock(
      lost: geometry.timeSteps - arrived, of: geometry.timeSteps)
    return (lines, pass.end, pass.end == nil ? deadlock : nil)
  }

  /// What is known of a layer after a time step.
  private struct Layer {
    let wait: Cycle
    var start: Cycle = 0
    /// The last cycle in which it asked for the buffer behind it.
    var left: Cycle = 0
    /// The first cycle after that time step; 0 before the first one.
    var rest: Cycle = 0
    var arrivals: UInt64 = 0
    var handOvers: UInt64 = 0
    var activations: UInt64 = 0
    var spikes: UInt64 = 0

    init(wait: Cycle) { self.wait = wait }
  }

  private struct Pass {
    let counts: [[UInt32]]
    let timeSteps: Int
    let hasProcessOrder: Bool
    let losesEmptySteps: Bool
    var layers: [Layer]
    /// Whether counts are those of the time steps; in order of arrival otherwise.
    var countsAreOfTimeSteps = true
    /// What enters and leaves the layers; nil if nobody asks.
    var lines: [PipelineReplay.Line]?
    /// When the first controller ends, if it matters.
    var firstEnd = Cycle.max
    var end: Cycle?

    init(_ model: FullyConnected2023, _ counts: [[UInt32]]) {
      self.counts = counts
      timeSteps = model.geometry.timeSteps
      hasProcessOrder = model.quirks.contains(.processOrder)
      losesEmptySteps = model.quirks.contains(.lostEmptySteps)
      let bits: Cycle = model.quirks.contains(.eightBitWait) ? 255 : .max
      layers = model.geometry.logicalToHardwareRatios.map { Layer(wait: 4 &* Cycle($0) & bits) }
    }

    mutating func reset(firstEnd: Cycle) {
      self.firstEnd = firstEnd
      for index in layers.indices { layers[index] = Layer(wait: layers[index].wait) }
    }

    mutating func run() {
      // Times at which the result was handed over under the last time step's name.
      var ends: [Cycle] = []
      for step in 0..<timeSteps { follow(step, &ends) }
      end = ends.first { $0 &+ 1 >= layers[0].rest }
    }

    /// Follows a time step through the layers, until it is lost or left the last one.
    private mutating func follow(_ step: Int, _ ends: inout [Cycle]) {
      var name = step
      var list = layers[0].rest
      for index in layers.indices {
        let place = countsAreOfTimeSteps ? step : Int(layers[index].arrivals)
        let spikes = place < counts[index].count ? Cycle(counts[index][place]) : 0
        note(index, UInt32(truncatingIfNeeded: spikes), step: name, at: list)
        if layers[index].arrivals == 0 { layers[index].start = list }
        layers[index].arrivals &+= 1
        layers[index].spikes &+= spikes
        layers[index].handOvers &+= 1
        if index == 0, spikes == 0, losesEmptySteps {
          layers[index].left = list
        } else {
          let ready = list &+ 1 &+ spikes &* (layers[index].wait &+ 2)
          layers[index].left = max(ready, freed(behind: index))
          layers[index].activations &+= 1
        }
        let left = layers[index].left
        layers[index].rest = left &+ 4
        guard index &+ 1 < layers.count else {
          if name == timeSteps &- 1 { ends.append(left &+ 3) }
          if lines != nil, counts.count > layers.count {
            let place = Int(layers[index].arrivals &- 1)
            let spikes = place < counts[layers.count].count ? counts[layers.count][place] : 0
            note(layers.count, spikes, step: name, at: left &+ 3)
          }
          return
        }
        let filled = left &+ 2
        let next = layers[index &+ 1]
        // What is filled no later than the next layer frees the buffer is gone with it.
        if next.arrivals > 0, filled <= next.left &+ 2 { return }
        let visible = isSeenAtOnce(index, filled) ? filled : filled &+ 1
        list = max(visible, next.rest) &+ 1
        if hasProcessOrder, index == 0, list > filled &+ 1 { name = step &+ 1 }
      }
    }

    private mutating func note(_ boundary: Int, _ spikes: UInt32, step: Int, at cycle: Cycle) {
      lines?.append(
        PipelineReplay.Line(
          cycle: cycle, boundary: boundary, spikes: spikes, step: UInt64(step)))
    }

    /// The first cycle in which a layer sees the buffer behind it free.
    private func freed(behind index: Int) -> Cycle {
      guard index &+ 1 < layers.count, layers[index &+ 1].arrivals > 0 else { return 0 }
      let release = layers[index &+ 1].left &+ 2
      return hasProcessOrder && descends(index, release) ? release : release &+ 1
    }

    /// Whether the next layer sees a filled buffer in the same cycle.
    private func isSeenAtOnce(_ index: Int, _ cycle: Cycle) -> Bool {
      hasProcessOrder && !descends(index, cycle)
    }

    /// Whether the controllers of later layers run before that of a layer in a cycle.
    func descends(_ index: Int, _ cycle: Cycle) -> Bool {
      if index == 0 { return false }
      if index == 1, cycle > firstEnd, firstEnd.isMultiple(of: 2) { return false }
      return !cycle.isMultiple(of: 2)
    }
  }
}
