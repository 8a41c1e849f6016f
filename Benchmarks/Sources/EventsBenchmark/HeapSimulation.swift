/// The ring once more, on a binary heap of pending events: what one would write first.
///
/// It keeps no accounts of states.
struct HeapSimulation {
  private var heap: [UInt64] = []
  private(set) var events = 0

  /// Simulates the ring of ``RingDesign`` up to a cycle.
  static func run(processes: Int, service: RingService, until limit: UInt64) -> Int {
    var simulation = HeapSimulation()
    var registers = (0..<processes).map { RingRegisters($0, service) }
    // Tokens sent to each process: as they are, and as they were before the cycle of the last change.
    var tokens = [UInt64](repeating: 0, count: processes)
    var earlier = [UInt64](repeating: 0, count: processes)
    var changed = [UInt64](repeating: 0, count: processes)
    var isIdle = [Bool](repeating: false, count: processes)
    for index in 0..<processes { simulation.push(UInt64(index)) }
    while let event = simulation.pop(), event >> 12 < limit {
      let (time, process) = (event >> 12, Int(event & 4095))
      simulation.events += 1
      isIdle[process] = false
      if registers[process].isWorking {
        let next = process + 1 == processes ? 0 : process + 1
        registers[process].sent += 1
        earlier[next] = changed[next] <= time ? tokens[next] : earlier[next]
        tokens[next] = registers[process].sent
        changed[next] = time + 1
        if isIdle[next] {
          isIdle[next] = false
          simulation.push((time + 1) << 12 | UInt64(next))
        }
      }
      let seen = changed[process] <= time ? tokens[process] : earlier[process]
      registers[process].isWorking = seen + 1 > registers[process].taken
      if registers[process].isWorking {
        registers[process].taken += 1
        simulation.push((time + registers[process].nextService()) << 12 | UInt64(process))
      } else if changed[process] > time {
        simulation.push((time + 1) << 12 | UInt64(process))
      } else {
        isIdle[process] = true
      }
    }
    return simulation.events
  }

  private mutating func push(_ event: UInt64) {
    heap.append(event)
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2] > heap[child] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> UInt64? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}
