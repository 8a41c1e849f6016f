import EventSimulation

/// The timing of a convolution layer whose lists wait in rings, in closed form.
///
/// Derived from docs/hardware/BeyondPublished.md alone; the platforms differ in few numbers only.
struct ClosedFormEventControllers {
  /// What survives of the spike count of a frame.
  let mask: Cycle
  /// Whether completion waits only for the last list to be taken.
  let isDoneEarly: Bool
  private(set) var sweeps: ClosedFormSweeps

  /// One event controller.
  private struct Controller {
    /// The next cycle in which it reads a frame.
    var wait: Cycle = 1
    /// The first cycle in which its spike engine is idle again.
    var idle: Cycle = 0
    /// The first cycle in which it may sweep, were it alone.
    var mayEnd: Cycle = 0
    /// First idle cycles after the walks of its last lists.
    var walked: [Cycle]
    var lists = 0
  }

  init(
    _ layer: ConvolutionGeometry, mask: Cycle, sweepsShort: Bool, rowCycles: Cycle,
    overrunsWriter: Bool, isDoneEarly: Bool
  ) {
    self.mask = layer.options.splitsLists ? .max : mask
    self.isDoneEarly = isDoneEarly && layer.options.eventControllers == 1
    sweeps = ClosedFormSweeps(
      layer, isShort: sweepsShort, rowCycles: rowCycles, overrunsWriter: overrunsWriter,
      waitsForElements: true)
  }

  /// What the layer costs.
  ///
  /// - Parameters:
  ///   - layer: its parameters.
  ///   - counts: spikes of every frame, `[time step][channel]`; those that are not there have none.
  /// - Returns: cycles and counts.
  mutating func outcome(of layer: ConvolutionGeometry, counts: [UInt32]) -> ClosedFormLayer {
    let options = layer.options
    let taps =
      Cycle(layer.kernel) &* Cycle(layer.kernel) &* (options.membranePorts == 1 ? 2 : 1)
    let drain = Cycle(options.memoryLatency) &- 1
    var controllers = Array(
      repeating: Controller(walked: Array(repeating: 0, count: options.listBuffers)),
      count: options.eventControllers)
    var accumulateCycles: Cycle = 0
    var swept: Cycle = 0

    /// A list is finished; the answer is the next cycle of the compression engine's work.
    func handOver(_ spikes: Cycle, at offered: Cycle, _ controller: inout Controller) -> Cycle {
      let first = max(offered, controller.idle) &+ 1
      controller.idle = first &+ taps &* spikes &+ drain
      controller.mayEnd = controller.idle &- 1
      accumulateCycles &+= taps &* spikes
      controller.walked[controller.lists % options.listBuffers] = controller.idle
      controller.lists += 1
      // The next list needs the buffer that was filled one turn of the ring before.
      let freed = controller.walked[controller.lists % options.listBuffers]
      return max(offered, freed &+ min(freed, 1)) &+ 1
    }

    for _ in 0..<layer.phases {
      for step in 0..<layer.timeSteps {
        var due: Cycle = 0
        for index in controllers.indices {
          controllers[index].idle = swept
          controllers[index].mayEnd = swept
          var iteration: Cycle = 0
          for channel in stride(
            from: index, to: layer.inputChannels, by: options.eventControllers)
          {
            let frame = step &* layer.inputChannels &+ channel
            let spikes = frame < counts.count ? Int(counts[frame]) : 0
            // What is shifted by stalls at full lists is shifted as a whole.
            var start = controllers[index].wait
            var left = spikes
            if options.splitsLists {
              for number in stride(
                from: layer.listCapacity, through: spikes, by: layer.listCapacity)
              {
                // The list is full when the spike is cleared, in a chunk that is still open.
                let opened = 1 &+ (number &- 1) &* layer.chunks / spikes
                let work = 2 &* Cycle(number) &+ 2 &* Cycle(opened) &- 1
                let next = handOver(
                  Cycle(layer.listCapacity), at: start &+ work &+ 1, &controllers[index])
                start = next &- work &- 1
                left &-= layer.listCapacity
              }
            }
            iteration = start &+ 2 &* Cycle(layer.chunks) &+ 2 &* Cycle(spikes) &+ 1
            let counted = Cycle(left) & mask
            if counted > 0 { iteration = handOver(counted, at: iteration, &controllers[index]) }
            controllers[index].wait = iteration &+ 1
          }
          controllers[index].wait &+= 1
          // The others' reports are seen a cycle later.
          let ends = max(iteration &+ 1, controllers[index].mayEnd)
          due = max(due, index == 0 ? ends : ends &+ 1)
        }
        swept = sweeps.sweep(from: due)
      }
      for index in controllers.indices { controllers[index].wait &+= 1 }
    }
    let lists = controllers[0].lists
    let lastTaken = lists < 2 ? 0 : takenBefore(lists, controllers[0].walked)
    return sweeps.outcome(
      done: isDoneEarly ? max(controllers[0].wait, lastTaken) : controllers[0].wait, idle: swept,
      accumulateCycles: accumulateCycles, isDoneEarly: isDoneEarly
    ).layer
  }

  /// The first cycle in which it is seen that all lists but the last are walked.
  private func takenBefore(_ lists: Int, _ walked: [Cycle]) -> Cycle {
    walked.count == 1 ? 0 : walked[(lists - 2) % walked.count] &+ 1
  }
}
