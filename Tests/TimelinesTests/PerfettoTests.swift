import Accelerator
import EventSimulation
import Foundation
import TestSupport
import Testing
import Timelines

// Does a viewer of Perfetto traces see what happened?
@Suite struct PerfettoTests {
  private static let window: ClosedRange<Cycle> = 1500...4000

  @Test(arguments: [nil, window])
  func aReaderSeesTheTimeline(window: ClosedRange<Cycle>?) throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0, window: window).timeline
    let trace = try PerfettoReader(timeline.perfettoTrace())
    let period: UInt64 = 10
    for (layer, description) in timeline.layers.enumerated() {
      let children = trace.children(of: "\(layer + 1) \(description.name)")
      let threads = children.filter(\.isThread)
      let engines = timeline.engines.filter { $0.layer == layer }
      #expect(threads.map(\.name) == engines.map(\.name))
      for (thread, engine) in zip(threads, engines) {
        let expected = engine.positions(in: timeline.window).map { engine.slices[$0] }
          .filter { engine.activity(of: $0) != .idle }
        #expect(thread.slices.count == expected.count)
        for (slice, original) in zip(thread.slices, expected) {
          #expect(slice.name == engine.states[original.state].name)
          #expect(slice.category == engine.activity(of: original).rawValue)
          #expect(slice.texts["activity"] == slice.category)
          #expect(slice.texts["layer"] == description.name)
          #expect(slice.numbers["first cycle"] == original.from)
          #expect(slice.numbers["cycles"] == original.length)
          #expect(slice.begin == max(original.from, timeline.window.lowerBound) * period)
          #expect(slice.end == min(original.end, timeline.window.upperBound) * period)
        }
      }
      let counters = timeline.counters.filter { $0.layer == layer }
      let drawn = children.filter(\.isCounter)
      #expect(drawn.map(\.name) == counters.map(\.name))
      for (track, counter) in zip(drawn, counters) {
        for (time, value) in track.values { #expect(counter.value(at: time / period) == value) }
        let inside = counter.points.filter {
          timeline.window.contains($0.cycle) && $0.cycle > timeline.window.lowerBound
        }
        #expect(track.values.count == inside.count + 1)
      }
    }
  }

  @Test func everyArrowHasTwoEnds() throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0).timeline
    let trace = try PerfettoReader(timeline.perfettoTrace())
    var ends: [UInt64: (leaving: [UInt64], arriving: [UInt64])] = [:]
    for track in trace.tracks.values {
      for slice in track.slices {
        for flow in slice.leaving { ends[flow, default: ([], [])].leaving.append(slice.begin) }
        for flow in slice.arriving { ends[flow, default: ([], [])].arriving.append(slice.begin) }
      }
    }
    #expect(ends.count == timeline.arrows.count && !ends.isEmpty)
    for (leaving, arriving) in ends.values {
      #expect(leaving.count == 1 && arriving.count == 1)
      #expect(leaving[0] < arriving[0])
    }
  }

  @Test func compoundStaysSayWhatTheyHide() throws {
    let timeline = try ExampleTimeline(
      ExampleTimeline.digits(), sample: 0, knowsChunks: false
    ).timeline
    let trace = try PerfettoReader(timeline.perfettoTrace())
    let slices = trace.children(of: "1 conv1")[0].slices
    #expect(!slices.contains { ["load", "encode", "clear"].contains($0.name) })
    let stays = slices.filter { $0.name == "compress" }
    #expect(stays.count == 10)
    for stay in stays {
      let parts = ["load", "encode", "clear"].map { stay.numbers["cycles in \($0)"] ?? 0 }
      #expect(parts[0] == 4 && parts.reduce(0, +) == stay.numbers["cycles"])
    }
  }

  @Test func furtherCountersCanBeAdded() throws {
    var timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0).timeline
    timeline.power.append(
      Counter(
        name: "power", unit: "W", layer: nil, points: [Counter.Point(cycle: 7, value: 0.125)]))
    let trace = try PerfettoReader(timeline.perfettoTrace())
    let power = try #require(trace.tracks.values.first { $0.name == "power" })
    #expect(power.values.map(\.time) == [0, 70] && power.values.map(\.value) == [0, 0.125])
  }

  /// Google's own decoder, with the names and numbers of the published schema.
  @Test(.enabled(if: ExternalReader.isThere("protoc"), "needs protoc: scripts/setup --readers"))
  func protocReadsTheTrace() throws {
    let timeline = try ExampleTimeline(ExampleTimeline.digits(), sample: 0).timeline
    let folder = try TemporaryFolder()
    let path = try folder.write(timeline.perfettoTrace(), to: "a.pftrace")
    let schema = Fixture.url("perfetto-subset.proto")
    let text = try ExternalReader.run(
      "protoc",
      [
        "--decode=perfetto.protos.Trace", "-I", schema.deletingLastPathComponent().path,
        schema.lastPathComponent,
      ], input: path)
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    // What the schema does not know is shown by its number.
    #expect(!lines.contains { $0.first?.isNumber == true })
    var slices = 1 + timeline.layers.count
    for engine in timeline.engines {
      slices += engine.slices.filter { engine.activity(of: $0) != .idle }.count
    }
    func count(_ line: String) -> Int { lines.count { $0 == line } }
    #expect(count("type: TYPE_SLICE_BEGIN") == slices)
    #expect(count("type: TYPE_SLICE_END") == slices)
    #expect(lines.count { $0.hasPrefix("flow_ids: ") } == timeline.arrows.count)
    #expect(lines.count { $0.hasPrefix("terminating_flow_ids: ") } == timeline.arrows.count)
    #expect(count("track_descriptor {") == 5 + 16 + timeline.counters.count)
    #expect(count("name: \"encode\"") == 1, "words are written once")
  }
}
