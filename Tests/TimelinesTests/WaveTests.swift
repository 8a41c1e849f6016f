import Accelerator
import EventSimulation
import Foundation
import TestSupport
import Testing
import Timelines

// Does a viewer of digital waves see what happened?
@Suite struct WaveTests {
  @Test(arguments: [nil, 1500...4000 as ClosedRange<Cycle>])
  func aReaderSeesTheTimeline(window: ClosedRange<Cycle>?) throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0, window: window).timeline
    let waves = try WaveReader(timeline.valueChanges())
    #expect(waves.unit == "1ns")
    let period: UInt64 = 10
    #expect(waves.end == timeline.window.upperBound * period)
    for engine in timeline.engines {
      let layer = timeline.layers[engine.layer].name
      let name = engine.name.replacingOccurrences(of: " ", with: "_")
      let state = try #require(waves.variables["sample.\(layer).\(name).\(name)_state"])
      var expected: [WaveReader.Change] = []
      for position in engine.positions(in: timeline.window) {
        let slice = engine.slices[position]
        let word = engine.states[slice.state].name
        guard expected.last?.value != word else { continue }
        expected.append(
          WaveReader.Change(
            time: max(slice.from, timeline.window.lowerBound) * period, value: word))
      }
      #expect(state.kind == "string" && state.changes == expected)
    }
    for signal in timeline.signals {
      let place = signal.layer.map { timeline.layers[$0].name + "." } ?? ""
      let wave = try #require(waves.variables["sample.\(place)\(signal.name)"])
      switch signal.kind {
      case .pulse:
        let high = Set(signal.pulses)
        for change in wave.changes {
          #expect((change.value == "1") == high.contains(change.time / period))
        }
        let inside = high.filter(timeline.window.contains)
        #expect(wave.changes.count { $0.value == "1" } == inside.count)
      case .level:
        for change in signal.changes where timeline.window.contains(change.cycle) {
          #expect(
            wave.value(at: change.cycle * period) == String(change.value, radix: 2))
        }
      }
    }
  }

  @Test func powerIsAReal() throws {
    var timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0).timeline
    timeline.power = [
      Counter(
        name: "power", unit: "W", layer: 0,
        points: [.init(cycle: 0, value: 0.5), .init(cycle: 7, value: 0.125)])
    ]
    let waves = try WaveReader(timeline.valueChanges())
    let layer = timeline.layers[0].name
    let power = try #require(waves.variables["sample.\(layer).power_W"])
    #expect(power.kind == "real" && power.changes.map(\.time) == [0, 70])
    #expect(power.changes.compactMap { Double("0" + $0.value) } == [0.5, 0.125])
  }

  @Test(arguments: [
    ("100 MHz", "1ns", 10), ("125 MHz", "1ns", 8), ("400 MHz", "1ps", 2500),
    ("1 kHz", "1ms", 1), ("300 MHz", "1fs", 0),
  ])
  func momentsFollowTheClock(clock: String, unit: String, period: UInt64) throws {
    let folder = try TemporaryFolder()
    let trace = try RandomTrace.write(samples: 1, to: folder.path("t.spikes"))
    let hardware = try folder.write(
      RandomTrace.hardware.replacingOccurrences(of: "100 MHz", with: clock), to: "h.yaml")
    let timeline = try ExampleTimeline(
      TraceReplay(of: .init(path: trace), on: HardwareFile(path: hardware)), sample: 0
    ).timeline
    let waves = try WaveReader(timeline.valueChanges())
    #expect(waves.unit == unit)
    let exact = Double(timeline.end) * 1e15 / 300e6
    #expect(waves.end == (period > 0 ? timeline.end * period : UInt64(exact.rounded())))
  }

  /// GTKWave's own reader, by way of its compressed format.
  @Test(
    .enabled(
      if: ExternalReader.isThere("vcd2fst") && ExternalReader.isThere("fst2vcd"),
      "needs GTKWave's vcd2fst and fst2vcd: scripts/setup --readers"))
  func gtkWaveReadsTheWaves() throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0).timeline
    let folder = try TemporaryFolder()
    let data = timeline.valueChanges()
    let path = try folder.write(data, to: "a.vcd")
    _ = try ExternalReader.run("vcd2fst", [path, folder.path("a.fst")])
    let again = try ExternalReader.run("fst2vcd", [folder.path("a.fst")])
    let (ours, theirs) = (try WaveReader(data), try WaveReader(Data(again.utf8)))
    #expect(ours.unit == theirs.unit)
    #expect(Set(ours.variables.keys) == Set(theirs.variables.keys))
    for (name, variable) in ours.variables {
      #expect(theirs.variables[name] == variable, "\(name)")
    }
  }
}
