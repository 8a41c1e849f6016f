import EventSimulation
import Testing

// Is every signal seen in the right cycle, and does every cycle stand in an account?
@Suite struct EventKernelTests {
  @Test func aPulseIsSeenOneCycleLater() {
    var design = ExampleDesign(period: 5, service: 2, items: 1)
    var kernel = EventKernel(design.topology, probe: IntervalRecorder(for: design.topology))
    design.start(&kernel)
    let rested = kernel.run(&design)
    #expect(rested)
    // Resumed in cycle 0, works in 1...5, writes in 5: high in 6.
    #expect(kernel.probe.pulses[design.item.index] == [6])
    // The consumer sees it in 6 and works in 7...8, finishes in 9; the observer sees 1 in 7.
    let work = kernel.probe.intervals[design.consumer.index].filter { $0.state != 0 }
    #expect(work.map(\.from) == [7, 9])
    #expect(work.map(\.length) == [2, 1])
    #expect(design.seen.map(\.cycle) == [7])
    #expect(design.seen.map(\.total) == [1])
  }

  @Test func theRecorderKnowsWhoWritesAndWhereEveryoneRests() {
    // The consumer's last stay is over before its last item: it rests in idle; the signals have one
    // writer each.
    var design = ExampleDesign(period: 4, service: 2, items: 3)
    var kernel = EventKernel(design.topology, probe: IntervalRecorder(for: design.topology))
    #expect(kernel.probe.drivers == [nil, nil])
    design.start(&kernel)
    kernel.run(&design)
    #expect(kernel.probe.drivers[design.item.index] == design.producer)
    #expect(kernel.probe.drivers[design.total.index] == design.consumer)
    #expect(kernel.probe.restStates == [0, 0, 0])
    // Between: the producer works until it has sent the last item.
    #expect(kernel.probe.intervals[design.producer.index].last?.state == 1)
  }

  @Test func pulsesThatComeDuringAStayAreMissed() {
    // Items are seen in 3, 5, 7, 9, 11; each keeps the consumer busy for 4 cycles: 3, then 9 (it is
    // idle again in 8).
    var design = ExampleDesign(period: 2, service: 3, items: 5)
    var kernel = EventKernel(design.topology, probe: NoProbe())
    design.start(&kernel)
    kernel.run(&design)
    #expect(design.served == 2)
    #expect(kernel.missedPulses(design.consumer) == 3)
  }

  @Test func aProcessThatIsIdleAgainSeesThePulseOfThatVeryCycle() {
    // Items in 5, 9, 13; busy in the 3 cycles after each, idle again in the 4th.
    var design = ExampleDesign(period: 4, service: 2, items: 3)
    var kernel = EventKernel(design.topology, probe: NoProbe())
    design.start(&kernel)
    kernel.run(&design)
    #expect(design.served == 3)
    #expect(kernel.missedPulses(design.consumer) == 0)
  }

  @Test(arguments: [(1, 1), (1, 7), (2, 3), (4, 2), (9, 1), (3, 30)])
  func accountsAddUpToTheTotal(period: UInt64, service: UInt64) {
    var design = ExampleDesign(period: period, service: service, items: 40)
    var kernel = EventKernel(design.topology, probe: NoProbe())
    design.start(&kernel)
    kernel.run(&design)
    for end in [kernel.now + 100, kernel.now + 5000] {
      for process in [design.producer, design.consumer, design.observer] {
        let states = kernel.topology.processes[process.index].states
        let total = states.indices.reduce(0) {
          $0 + kernel.cycles(of: process, in: UInt8($1), before: end)
        }
        #expect(total == end)
      }
    }
    #expect(kernel.cycles(of: design.producer, in: 1, before: kernel.now + 100) == 40 * period)
    #expect(
      kernel.cycles(of: design.consumer, in: 1, before: kernel.now + 100)
        == design.served * service)
  }

  @Test func theOrderWithinACycleDoesNotMatter() {
    for (period, service) in [(1, 1), (1, 4), (2, 2), (3, 7)] as [(UInt64, UInt64)] {
      var fingerprints: Set<UInt64> = []
      var served: Set<UInt64> = []
      for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 0, 1]] {
        var design = ExampleDesign(period: period, service: service, items: 50)
        var kernel = EventKernel(design.topology, probe: FingerprintProbe(), order: order)
        design.start(&kernel)
        kernel.run(&design)
        fingerprints.insert(kernel.probe.value)
        served.insert(design.served)
      }
      #expect(fingerprints.count == 1)
      #expect(served.count == 1)
    }
  }

  @Test func theFingerprintTellsRunsApart() {
    var fingerprints: Set<UInt64> = []
    for period in 1...20 as ClosedRange<UInt64> {
      var design = ExampleDesign(period: period, service: 3, items: 5)
      var kernel = EventKernel(design.topology, probe: FingerprintProbe())
      design.start(&kernel)
      kernel.run(&design)
      fingerprints.insert(kernel.probe.value)
    }
    #expect(fingerprints.count == 20)
  }

  @Test func theFingerprintOfARunIsKept() {
    var design = ExampleDesign(period: 3, service: 4, items: 10)
    var kernel = EventKernel(design.topology, probe: FingerprintProbe())
    design.start(&kernel)
    kernel.run(&design)
    #expect(kernel.probe.value == 18_215_670_112_771_115_973)
  }

  @Test func aRunStopsAtItsLimitAndGoesOn() {
    var design = ExampleDesign(period: 10, service: 1, items: 10)
    var kernel = EventKernel(design.topology, probe: NoProbe())
    design.start(&kernel)
    let restedEarly = kernel.run(&design, until: 35)
    #expect(!restedEarly)
    #expect(design.sent == 3)
    let rested = kernel.run(&design)
    #expect(rested)
    #expect(design.sent == 10)
  }

  @Test func resettingRepeatsTheRun() {
    var design = ExampleDesign(period: 2, service: 3, items: 9)
    var kernel = EventKernel(design.topology, probe: NoProbe())
    design.start(&kernel)
    kernel.run(&design)
    let (end, events) = (kernel.now, kernel.eventCount)
    kernel.reset()
    design = ExampleDesign(period: 2, service: 3, items: 9)
    design.start(&kernel)
    kernel.run(&design)
    #expect(kernel.now == end)
    #expect(kernel.eventCount == events)
  }

  @Test func aPresetPulseResumesInItsCycle() {
    for cycle in [0, 1, 17] as [UInt64] {
      var design = ExampleDesign(period: 1, service: 1, items: 0)
      var kernel = EventKernel(design.topology, probe: NoProbe())
      kernel.preset(design.item, at: cycle)
      kernel.start(design.consumer, waitingFor: design.itemPort)
      kernel.start(design.observer, waitingFor: design.totalPort)
      kernel.run(&design)
      #expect(design.served == 1)
      #expect(design.seen.map(\.cycle) == [cycle + 1])
    }
  }
}
