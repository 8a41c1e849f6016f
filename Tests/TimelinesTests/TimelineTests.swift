import Accelerator
import EventSimulation
import SpikeTraces
import TestSupport
import Testing
import Timelines

// Is the picture exact?
@Suite struct TimelineTests {
  @Test(arguments: [0, 41, 99])
  func digitsAddUpToTheReport(sample: Int) throws {
    try check(ExampleTimeline(ExampleTimeline.digits(), sample: sample))
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func randomSamplesAddUpToTheReport(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    try check(
      ExampleTimeline(
        ExampleTimeline.random(seed: seed, in: folder, hasOptions: seed % 3 == 2), sample: 1,
        knowsChunks: !seed.isMultiple(of: 3)))
  }

  /// No gaps, no overlaps, and the cycles of every state are those of the report.
  private func check(_ example: ExampleTimeline) throws {
    let (timeline, sample) = (example.timeline, example.recorded.recording.replay)
    #expect(timeline.latency == sample.latency && timeline.end == sample.window)
    var position = 0
    for (index, layer) in sample.layers.enumerated() {
      for cycles in layer.stateCycles {
        let engine = timeline.engines[position]
        position += 1
        #expect(engine.layer == index)
        var cursor: Cycle = 0
        var drawn: [String: Cycle] = [:]
        for (slice, number) in zip(engine.slices, 0...) {
          #expect(slice.from == cursor && slice.length > 0)
          cursor = slice.end
          if let parts = engine.compositions[number] {
            #expect(parts.reduce(0) { $0 + $1.cycles } == slice.length)
            for part in parts where part.cycles > 0 {
              drawn[part.state, default: 0] += part.cycles
            }
          } else {
            drawn[engine.states[slice.state].name, default: 0] += slice.length
          }
        }
        #expect(cursor == sample.window)
        var reported: [String: Cycle] = [:]
        for (state, cycles) in zip(engine.states, cycles) where cycles > 0 {
          reported[state.name] = cycles
        }
        if engine.states.contains(where: { $0.name == "exit" }) {
          // The report knows only how long these engines rest and accumulate in all, and lets every
          // order count in full; the picture shows what there was time for.
          for states in [drawn, reported] {
            #expect(
              states["accumulate", default: 0] > 0
                || sample.layers[index].counters.encodedSpikes == 0)
          }
          let parts = ["idle", "waiting", "accumulate"]
          func rest(_ states: [String: Cycle]) -> Cycle {
            parts.reduce(0) { $0 + states[$1, default: 0] }
          }
          #expect(rest(drawn) == rest(reported))
          #expect(drawn["accumulate", default: 0] <= reported["accumulate", default: 0])
          for part in parts { (drawn[part], reported[part]) = (nil, nil) }
        }
        #expect(drawn == reported, "\(timeline.layers[index].name), \(engine.name)")
      }
    }
    #expect(position == timeline.engines.count)
  }

  // MARK: Arrows, counters

  @Test(arguments: 100..<130 as Range<UInt64>)
  func arrowsLeadFromWorkToLaterWork(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let timeline = try ExampleTimeline(
      ExampleTimeline.random(seed: seed, in: folder, hasOptions: seed % 3 == 2), sample: 0
    ).timeline
    for arrow in timeline.arrows {
      let signal = timeline.signals[arrow.signal]
      #expect(signal.driver == arrow.from.engine && signal.listeners.contains(arrow.to.engine))
      let (from, to) = (
        timeline.engines[arrow.from.engine].slices[arrow.from.slice],
        timeline.engines[arrow.to.engine].slices[arrow.to.slice]
      )
      #expect(from.from < to.from && from.from <= arrow.cycle && arrow.cycle < to.from)
      #expect(timeline.engines[arrow.from.engine].activity(of: from) == .busy)
      #expect(timeline.engines[arrow.to.engine].activity(of: to) == .busy)
    }
    // Every layer but the first is started by the one before it.
    for layer in timeline.layers.indices.dropFirst() {
      #expect(
        timeline.arrows.contains {
          timeline.engines[$0.from.engine].layer == layer - 1
            && timeline.engines[$0.to.engine].layer == layer
            && timeline.engines[$0.to.engine].slices[$0.to.slice].from
              == timeline.layers[layer].start + 1
        })
    }
  }

  @Test func everyListIsHandedOverByOneArrow() throws {
    let example = try ExampleTimeline(ExampleTimeline.digits(), sample: 3)
    let timeline = example.timeline
    for (position, engine) in timeline.engines.enumerated() where engine.name == "spike engine" {
      let bursts = engine.slices.indices.filter {
        engine.states[engine.slices[$0].state].name == "burst"
      }
      let arrivals = timeline.arrows.filter { $0.to.engine == position }
      #expect(arrivals.map(\.to.slice).sorted() == bursts)
      #expect(arrivals.allSatisfy { timeline.signals[$0.signal].name == "list" })
    }
  }

  @Test func countersFollowTheTracks() throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 3).timeline
    let lists = timeline.counters.filter { $0.name == "list" }
    #expect(lists.map(\.layer) == [0, 1])
    var random = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let cycle = Cycle.random(in: 0..<timeline.end, using: &random)
      for counter in timeline.counters where counter.name == "busy engines" {
        let busy = timeline.engines.filter { engine in
          guard counter.layer == nil || counter.layer == engine.layer,
            let position = engine.position(at: cycle)
          else { return false }
          return engine.activity(of: engine.slices[position]) == .busy
        }
        #expect(counter.value(at: cycle) == Double(busy.count), "cycle \(cycle)")
      }
    }
  }

  @Test func windowsBeyondTheEndAreRefused() throws {
    let replay = try ExampleTimeline.digits()
    let end = try ExampleTimeline(replay, sample: 0).timeline.end
    #expect(
      try ExampleTimeline(replay, sample: 0, window: 5...Cycle.max).timeline.window == 5..<end)
    #expect {
      try ExampleTimeline(replay, sample: 0, window: end...end)
    } throws: { error in
      (error as? TimelineError)?.description.contains("ends in cycle \(end - 1)") == true
    }
  }
}
