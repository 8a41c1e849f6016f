import EventSimulation

/// Replays recordings of platform fc-2023 line by line: spikes in the order in which they were
/// printed, and the whole log out.
///
/// One recording serves one thread, for any number of samples; the event loop allocates nothing.
public struct FullyConnected2023Recording: ~Copyable {
  private var design: FullyConnected2023Design
  private var kernel: EventKernel<NoProbe>

  /// Builds the pipeline.
  ///
  /// - Parameters:
  ///   - geometry: its layers.
  ///   - quirks: which quirks of the published hardware are present.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Throws: ``ConfigurationError`` for parameters that no hardware can have.
  public init(
    _ geometry: PipelineGeometry, quirks: Set<FullyConnected2023.Quirk> = .published,
    order: [Int]? = nil
  ) throws(ConfigurationError) {
    try geometry.validate()
    design = FullyConnected2023Design(
      FullyConnected2023(geometry, quirks: quirks), countsAreOfTimeSteps: false)
    kernel = EventKernel(design.topology, probe: NoProbe(), order: order)
  }

  /// Process resumptions of the last replay.
  public var eventCount: UInt64 { kernel.eventCount }

  /// Replays one sample.
  ///
  /// - Parameter spikes: a list a layer of the spikes that enter it, and a last one of those that
  ///   leave the pipeline, each in order of arrival: where time steps are lost, a list is shorter.
  ///   What is missing at the end counts as no spikes.
  /// - Returns: what happened when.
  /// - Throws: ``ConfigurationError`` if the spikes do not fit the layers, or time ends.
  public mutating func replay(
    spikes: [[UInt32]]
  ) throws(ConfigurationError) -> PipelineReplay {
    try load(spikes)
    kernel.reset()
    design.start(&kernel)
    guard kernel.run(&design) else {
      throw ConfigurationError(
        parameter: "timeSteps",
        message: "the sample takes more than 2^44 cycles, two days at 100 MHz; use lower ratios or "
          + "fewer time steps")
    }
    return result(spikes)
  }

  private func load(_ spikes: [[UInt32]]) throws(ConfigurationError) {
    let geometry = design.geometry
    guard spikes.count == geometry.layers + 1 else {
      throw ConfigurationError(
        parameter: "spikes",
        message: "there are \(spikes.count) lists of spikes; \(geometry.layers) layers need "
          + "\(geometry.layers + 1), one a layer and one of the output")
    }
    for (boundary, list) in spikes.enumerated() {
      let largest = geometry.largestFrame(of: boundary)
      if let wrong = list.first(where: { $0 > largest }) {
        throw ConfigurationError(
          layer: boundary, parameter: "spikes",
          message: "a time step has \(wrong) spikes; at most \(largest) can be")
      }
    }
    for (list, buffer) in zip(spikes, design.counts) {
      buffer.update(repeating: 0)
      _ = buffer.update(fromContentsOf: list.prefix(buffer.count))
    }
  }

  private func result(_ spikes: [[UInt32]]) -> PipelineReplay {
    let firstEnded = kernel.value(of: design.firstEnded)
    let end = design.end(firstEnded: firstEnded)
    var log = lines(spikes)
    // The published simulator stops at the end of that cycle.
    if let end { log.removeAll { $0.cycle > end } }
    let outermost = design.geometry.layers - 1
    log.sort { left, right in
      guard left.cycle == right.cycle else { return left.cycle < right.cycle }
      // The last controller prints what leaves the pipeline.
      let layers = (min(left.boundary, outermost), min(right.boundary, outermost))
      guard layers.0 != layers.1 else { return left.boundary < right.boundary }
      let lowerRunsFirst = SystemCProcessOrder.runsBeforeLaterLayers(
        min(layers.0, layers.1), in: left.cycle, firstEnded: firstEnded)
      return lowerRunsFirst == (layers.0 < layers.1)
    }
    var window: Cycle = 0
    for process in design.processes { window = max(window, kernel.restBegins(process)) }
    return PipelineReplay(
      log: log, end: end,
      deadlock: end == nil
        ? FullyConnected2023.deadlock(
          lost: design.geometry.timeSteps - design.left.count, of: design.geometry.timeSteps) : nil,
      stateCycles: stateCycles(before: window), window: window)
  }

  private func lines(_ spikes: [[UInt32]]) -> [PipelineReplay.Line] {
    var lines: [PipelineReplay.Line] = []
    for (boundary, list) in spikes.enumerated() {
      let passages = boundary < design.geometry.layers ? design.entered(boundary) : design.left
      for (position, passage) in passages.enumerated() {
        lines.append(
          PipelineReplay.Line(
            cycle: passage.cycle, boundary: boundary,
            spikes: position < list.count ? list[position] : 0, step: passage.step))
      }
    }
    return lines
  }

  private func stateCycles(before window: Cycle) -> [[Cycle]] {
    typealias First = PipelineController.FirstState
    typealias Other = PipelineController.State
    let first: [First] = [
      .ended, .list, .address, .accumulate, .change, .hold, .activate, .fill, .finish,
    ]
    let other: [Other] = [
      .idle, .list, .address, .accumulate, .change, .hold, .activate, .fill, .finish,
    ]
    return design.processes.enumerated().map { layer, process in
      (layer == 0 ? first.map(\.rawValue) : other.map(\.rawValue)).map {
        kernel.cycles(of: process, in: $0, before: window)
      }
    }
  }
}
