import EventSimulation

/// Runs a recorded pipeline on the simulated platform fc-2023 and states everything that the vectors
/// measure, in their form.
struct FullyConnected2023Recording {
  /// Everything that the vectors measure.
  let result: JSONValue

  /// One line of the published simulator's log.
  private struct Line {
    let cycle: Cycle
    /// The layer whose controller prints it.
    let layer: Int
    let kind: String
    let spikes: UInt32
    let step: UInt64
  }

  /// - Parameters:
  ///   - recorded: the pipeline and its spikes.
  ///   - order: see ``EventKernel/init(_:probe:order:)``.
  /// - Throws: ``VectorProblem`` if time ends before the pipeline does.
  init(
    replaying recorded: RecordedPipeline, order: ((Int) -> [Int])?
  ) throws(VectorProblem) {
    var design = FullyConnected2023Design(recorded.geometry)
    for (spikes, buffer) in zip(recorded.spikes, design.counts) {
      _ = buffer.update(fromContentsOf: spikes.prefix(buffer.count))
    }
    var kernel = EventKernel(
      design.topology, probe: NoProbe(), order: order?(design.topology.processes.count))
    design.start(&kernel)
    guard kernel.run(&design) else {
      throw VectorProblem("the pipeline takes more than 2^44 cycles, where simulated time ends")
    }
    let firstEnded = kernel.value(of: design.firstEnded)
    let end = Self.end(of: design, firstEnded: firstEnded)
    var lines = Self.lines(of: design, recorded)
    // The published simulator stops at the end of that cycle.
    if let end { lines.removeAll { $0.cycle > end } }
    lines.sort { Self.precedes($0, $1, firstEnded: firstEnded) }
    result = .object([
      "log": .array(
        lines.map {
          .array([
            .number($0.cycle), .string($0.kind), .number(UInt64($0.spikes)), .number($0.step),
          ])
        }),
      "end": end.map(JSONValue.number) ?? .null,
      "neverFinishes": .boolean(end == nil),
      "reason": end == nil ? .string(Self.reason(of: design)) : .null,
    ])
  }

  /// When the last layer is through with the last time step, and the first one has ended: nil if that
  /// never happens.
  private static func end(
    of design: borrowing FullyConnected2023Design, firstEnded: Cycle
  ) -> Cycle? {
    let last = UInt64(design.geometry.timeSteps - 1)
    // The first controller says in its last cycle but one that the input is used up.
    return design.left.first { $0.step == last && $0.cycle + 1 >= firstEnded }?.cycle
  }

  private static func lines(
    of design: borrowing FullyConnected2023Design, _ recorded: RecordedPipeline
  ) -> [Line] {
    var lines: [Line] = []
    func add(_ passages: [PipelineController.Passage], kind: Int, layer: Int) {
      let spikes = recorded.spikes[kind]
      for (position, passage) in passages.enumerated() {
        lines.append(
          Line(
            cycle: passage.cycle, layer: layer, kind: RecordedPipeline.name(ofKind: kind),
            spikes: position < spikes.count ? spikes[position] : 0, step: passage.step))
      }
    }
    let layers = design.geometry.layers
    for layer in 0..<layers { add(design.entered(layer), kind: layer, layer: layer) }
    add(design.left, kind: layers, layer: layers - 1)
    return lines
  }

  /// Whether a line stands before another one: earlier, or printed earlier in the same cycle.
  private static func precedes(_ left: Line, _ right: Line, firstEnded: Cycle) -> Bool {
    guard left.cycle == right.cycle else { return left.cycle < right.cycle }
    guard left.layer != right.layer else { return false }
    let lowerRunsFirst = SystemCProcessOrder.runsBeforeLaterLayers(
      min(left.layer, right.layer), in: left.cycle, firstEnded: firstEnded)
    return lowerRunsFirst == (left.layer < right.layer)
  }

  /// Why the last layer never sees the last time step.
  private static func reason(of design: borrowing FullyConnected2023Design) -> String {
    let last = design.geometry.timeSteps - 1
    let lost = design.geometry.timeSteps - design.left.count
    guard lost > 0 else {
      return "time step \(last) has no input spikes and is handed over just before layer 1 is idle "
        + "again, which takes it for time step \(last + 1): the end waits for \(last)"
    }
    return "time step \(last) has no input spikes, is handed over without a look at the buffer, and "
      + "is lost because layer 1 is still busy; \(lost) of \(last + 1) time steps were lost so, and "
      + "the end waits for the last one"
  }
}
