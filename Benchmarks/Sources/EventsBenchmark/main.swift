import BenchmarkSupport
import EventSimulation

// How many events a second does the kernel handle, with processes that do something?
// Bar: 50 million a core. The alternative, in the same run: a binary heap of pending events.

let cycles: UInt64 = 200_000
for (count, service) in [
  (16, RingService.regular), (64, .regular), (16, .random), (64, .random), (256, .random),
] {
  var table = ResultTable(
    title: "\(count) processes in a ring, \(service.rawValue) service, \(cycles) cycles",
    unit: "events")
  var events = 0
  let heap = Measurement.of(runs: 5) {
    events = HeapSimulation.run(processes: count, service: service, until: cycles)
    return events
  }
  table.add("binary heap, same handlers", heap, work: Double(events))

  var design = RingDesign(processes: count, service: service)
  var kernel = EventKernel(design.topology, probe: NoProbe())
  let simulated = Measurement.of {
    kernel.reset()
    design.start(&kernel)
    kernel.run(&design, until: cycles)
    return kernel.eventCount
  }
  guard kernel.eventCount == UInt64(events) else {
    fatalError("the two simulations differ: \(kernel.eventCount) and \(events) events")
  }
  table.add("EventKernel", simulated, work: Double(events), atLeast: 50e6)

  var observedDesign = RingDesign(processes: count, service: service)
  var observed = EventKernel(observedDesign.topology, probe: FingerprintProbe())
  let withProbe = Measurement.of(runs: 5) {
    observed.reset()
    observedDesign.start(&observed)
    observed.run(&observedDesign, until: cycles)
    return observed.probe.value
  }
  table.add("EventKernel, fingerprint", withProbe, work: Double(observed.eventCount))
  table.print()
}
