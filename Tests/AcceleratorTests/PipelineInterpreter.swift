import Accelerator

/// Platform fc-2023 cycle by cycle, as the threads of a SystemC program.
///
/// Plain variables, and a list of threads that wait for the clock: slow, and it shares no code with
/// the simulation.
struct PipelineInterpreter {
  private enum State { case wait, list, hold, activate, finish, next, ended }

  private struct Thread {
    var state = State.wait
    var due: UInt64 = 0
    var step = 0
    /// Time steps that entered.
    var entered = 0
  }

  private let geometry: PipelineGeometry
  private let spikes: [[UInt32]]
  private var threads: [Thread]
  /// Whether the buffer behind each layer is full.
  private var isFull: [Bool]
  private var cycle: UInt64 = 0
  private var inputIsUsedUp = false
  private var moved = false

  /// `[cycle, boundary, spikes, step]` of all that is printed.
  private(set) var log: [[UInt64]] = []
  private(set) var end: UInt64?
  /// Time steps without input that layer 1 took for the next one.
  private(set) var misnamedSteps = 0

  init(_ geometry: PipelineGeometry, spikes: [[UInt32]]) {
    self.geometry = geometry
    self.spikes = spikes
    threads = Array(repeating: Thread(), count: geometry.neurons.count)
    isFull = Array(repeating: false, count: geometry.neurons.count)
    threads[0].state = .list
    run()
  }

  private mutating func run() {
    // The neurons are threads too; one stands for all of them.
    var order = Array(0...threads.count)
    var quiet = 0
    while end == nil, quiet < 3000 {
      moved = false
      for thread in order where thread < threads.count { resume(thread) }
      order.removeAll { $0 < threads.count && threads[$0].state == .ended }
      order = [order[0]] + order.dropFirst().reversed()
      quiet = moved ? 0 : quiet + 1
      cycle += 1
    }
  }

  private mutating func resume(_ layer: Int) {
    let isLast = layer == threads.count - 1
    let isDue = threads[layer].due == cycle
    switch threads[layer].state {
    case .wait where isFull[layer - 1]:
      threads[layer].step = threads[0].step
      if layer > 1 { threads[layer].step = threads[layer - 1].step }
      if layer == 1, threads[0].state == .next || threads[0].state == .list { misnamedSteps += 1 }
      go(layer, to: .list, after: 1)
    case .list where isDue:
      let count = print(layer, threads[layer].entered)
      threads[layer].entered += 1
      let perSpike = UInt64(4 * geometry.logicalToHardwareRatios[layer]) % 256 + 2
      if layer == 0, count == 0 {
        go(layer, to: .activate, after: 2)
      } else {
        go(layer, to: .hold, after: 1 + count * perSpike)
      }
    case .hold where threads[layer].due <= cycle && (isLast || !isFull[layer]):
      go(layer, to: .activate, after: 2)
    case .activate where isDue:
      if !isLast { isFull[layer] = true }
      if layer > 0 { isFull[layer - 1] = false }
      go(layer, to: .finish, after: 1)
    case .finish where isDue:
      if isLast {
        _ = print(threads.count, log.count { $0[1] == UInt64(threads.count) })
      }
      if layer == 0 {
        threads[0].step += 1
        inputIsUsedUp = threads[0].step == geometry.timeSteps
      }
      let step = UInt64(threads[layer].step) - (layer == 0 ? 1 : 0)
      if isLast, inputIsUsedUp, step == UInt64(geometry.timeSteps - 1) { end = end ?? cycle }
      go(layer, to: layer > 0 ? .wait : inputIsUsedUp ? .next : .list, after: 1)
    case .next where isDue: go(layer, to: .ended, after: 0)
    default: break
    }
  }

  private mutating func go(_ layer: Int, to state: State, after delay: UInt64) {
    threads[layer].state = state
    threads[layer].due = cycle + delay
    moved = true
  }

  private mutating func print(_ boundary: Int, _ position: Int) -> UInt64 {
    let list = spikes[boundary]
    let count = position < list.count ? UInt64(list[position]) : 0
    let step = threads[min(boundary, threads.count - 1)].step
    log.append([cycle, UInt64(boundary), count, UInt64(step)])
    return count
  }
}
