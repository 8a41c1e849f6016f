import EventSimulation

/// The activation sweeps of a convolution layer in closed form, with the writer that stores what
/// they find and the processing elements that carry them out.
struct ClosedFormSweeps {
  /// Cycles of a sweep in which pixels are swept.
  let cycles: Cycle
  /// Cycles that the processing elements need for all pixels of an output frame.
  let pixels: Cycle
  /// Cycles that engine and elements need besides.
  let extra: Cycle
  /// Whether a sweep begins only when the writer is idle.
  let waitsForWriter: Bool
  /// Whether a sweep begins only when the processing elements will see its enable.
  let waitsForElements: Bool

  /// What happened when; nil if nobody asks.
  var history: ConvolutionHistory?

  private var writer: ClosedFormWriter
  /// When each of the last frames was written, one more than can wait for the writer; none if they
  /// cannot wait.
  private var written: [Cycle]
  private var count: UInt64 = 0
  /// The first cycle in which the processing elements rest after their last sweep.
  private var elementsRest: Cycle = 0

  /// - Parameters:
  ///   - layer: the layer.
  ///   - isShort: whether the last pixel is left out.
  ///   - rowCycles: cycles of the writer for the row of a processing element.
  ///   - overrunsWriter: whether a writer without a queue misses frames.
  ///   - waitsForElements: whether a sweep begins only when the elements will see its enable.
  init(
    _ layer: ConvolutionGeometry, isShort: Bool = false, rowCycles: Cycle, overrunsWriter: Bool,
    waitsForElements: Bool
  ) {
    let options = layer.options
    let access: Cycle = options.membranePorts == 1 ? 2 : 1
    pixels = access &* Cycle(layer.outputPixels)
    cycles = isShort ? pixels &- access : pixels
    var sum: Cycle = 0
    while 1 << sum < options.eventControllers { sum &+= 1 }
    extra = sum &+ Cycle(options.memoryLatency) &- 1
    waitsForWriter = !overrunsWriter || options.writerQueue > 0
    self.waitsForElements = waitsForElements
    writer = ClosedFormWriter(turn: rowCycles &* Cycle(layer.processingElements))
    written =
      options.writerQueue == 0 ? [] : Array(repeating: 0, count: options.writerQueue &+ 1)
  }

  /// A sweep is due.
  ///
  /// - Parameter cycle: the first cycle in which it can be ordered.
  /// - Returns: the engine's first idle cycle after it, in which its frame is ready.
  mutating func sweep(from cycle: Cycle) -> Cycle {
    var order = cycle
    // The place of the frame in the queue is that of an earlier one.
    let place = written.isEmpty ? 0 : Int(count) % written.count
    if waitsForWriter { order = max(order, written.isEmpty ? writer.free : written[place]) }
    if waitsForElements { order = max(order, elementsRest &- min(elementsRest, 2)) }
    count &+= 1
    // The elements see the enable from the second cycle of the sweep to its last, and need a cycle a
    // pixel and two more.
    let enabled = max(order &+ 2, elementsRest)
    let isSeen = enabled <= order &+ cycles
    if isSeen { elementsRest = enabled &+ pixels &+ extra &+ 2 }
    let ready = order &+ cycles &+ extra &+ 1
    if history != nil {
      history?.sweeps.append(order &+ 1...order &+ cycles)
      if isSeen { history?.elementSweeps.append(enabled &+ 1...enabled &+ pixels) }
      history?.ready.append(ready)
      if ready >= writer.free { history?.writerTurns.append(ready &+ 1) }
    }
    if written.isEmpty {
      writer.receive(at: ready)
    } else {
      writer.enqueue(at: ready)
      written[place] = writer.free
    }
    return ready
  }

  /// What the layer costs.
  ///
  /// - Parameters:
  ///   - done: the cycle in which the last frame is off the compression engine's hands.
  ///   - idle: the spike engine's first idle cycle after all its work; 0 if it had none.
  ///   - accumulateCycles: cycles of all bursts.
  ///   - isDoneEarly: whether completion waits for nothing else.
  ///   - phases: the phases of all images, for the history; nil if there is none.
  /// - Returns: cycles and counts, and what happened when.
  func outcome(
    done: Cycle, idle: Cycle, accumulateCycles: Cycle, isDoneEarly: Bool,
    phases: ClosedFormPhases? = nil
  ) -> (layer: ClosedFormLayer, history: ConvolutionHistory?) {
    let afterIdle = idle &+ min(idle, 1)
    // The other engines' rest is seen a cycle late, the completion signal one after that.
    let loaded = (isDoneEarly ? done : max(done, afterIdle, writer.free)) &+ 1
    let end = max(loaded &+ 1, afterIdle, writer.free, elementsRest)
    var history = history
    if let phases {
      history?.starts = phases.starts
      history?.loaded = phases.done.map { $0 &+ 1 } + [loaded]
      history?.end = end
    }
    let layer = ClosedFormLayer(
      cycles: loaded, activeCycles: end, accumulateCycles: accumulateCycles, activations: count,
      droppedWrites: writer.dropped)
    return (layer, history)
  }
}
