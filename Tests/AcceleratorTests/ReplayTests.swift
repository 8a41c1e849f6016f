import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

private let accelerator = """
  platform: conv-2023
  clock: 100 MHz
  layers:
    - {kind: convolution, processing-elements: 2}
    - {kind: fully-connected, processing-elements: 5}
  """

private func trace(samples: Int, in folder: TemporaryFolder) throws -> TraceReader {
  try TraceReader(path: RandomTrace.write(samples: samples, to: folder.path("random.spikes")))
}

private func hardware(_ text: String = accelerator) throws -> HardwareFile {
  try HardwareFile(data: Data(text.utf8), path: "x.yaml")
}

@Suite struct ReplayTests {
  @Test func reportIsTheSameWithAnyNumberOfThreads() async throws {
    let folder = try TemporaryFolder()
    let replay = try TraceReplay(of: trace(samples: 23, in: folder), on: hardware())
    let alone = try await replay.report(threads: 1).jsonData()
    for threads in [2, 3, 64] {
      #expect(try await replay.report(threads: threads).jsonData() == alone)
    }
  }

  @Test func sumsAddUp() async throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 12, in: folder)
    let report = try await TraceReplay(of: trace, on: hardware()).report(threads: 2)
    #expect(report.schemaVersion == ReplayReport.currentSchema)
    #expect(report.layers.map(\.name) == ["conv1", "fc1"])
    for layer in report.layers {
      #expect(!layer.engines.isEmpty)
      for engine in layer.engines {
        #expect(engine.states.reduce(0) { $0 + $1.cycles } == report.windowCycles)
        let activities = [EngineDescription.State.Activity.busy, .waiting, .idle]
        #expect(activities.reduce(0) { $0 + engine.cycles($1) } == report.windowCycles)
      }
      #expect(0...1 ~= layer.processingElementUse.overSample)
      #expect(0...1 ~= layer.processingElementUse.whileActive)
      #expect(layer.activeCycles <= report.windowCycles)
      #expect(layer.cycles.minimum <= layer.cycles.p50)
      #expect(layer.cycles.p50 <= layer.cycles.p99 && layer.cycles.p99 <= layer.cycles.maximum)
    }
    let total = Double(report.layers.reduce(0) { $0 + $1.totalCycles })
    #expect(abs(total / 12 - report.latencyCycles.mean) < 1e-6)
    #expect(abs(report.layers.reduce(0) { $0 + $1.shareOfLatency } - 1) < 1e-12)
    #expect(report.framesPerSecond == 100e6 / report.latencyCycles.mean)
  }

  @Test func spikesAreThoseOfTheTrace() async throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 5, in: folder)
    var spikes = [0, 0, 0]
    for sample in 0..<5 {
      for (boundary, count) in try trace.summary(of: sample).spikeCounts.enumerated() {
        spikes[boundary] += count
      }
    }
    let report = try await TraceReplay(of: trace, on: hardware()).report(threads: 2)
    #expect(report.layers.map { Int($0.spikes.input) } == [spikes[0], spikes[1]])
    #expect(report.layers.map { Int($0.spikes.output) } == [spikes[1], spikes[2]])
    #expect(report.layers.map { Int($0.counters.inputSpikes) } == [spikes[0], spikes[1]])
    #expect(report.layers[0].spikes.inputRate == Double(spikes[0]) / Double(128 * 4 * 5))
    #expect(report.layers[1].spikes.outputRate == Double(spikes[2]) / Double(10 * 4 * 5))
    #expect(report.answers.judged == 5 && report.answers.correct == 4)
  }

  @Test func partsAddUpToTheWhole() async throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 9, in: folder)
    let whole = try await TraceReplay(of: trace, on: hardware()).report(threads: 2)
    let first = try await TraceReplay(of: trace, on: hardware(), samples: 0..<4).report(threads: 1)
    let rest = try await TraceReplay(of: trace, on: hardware(), samples: 4..<9).report(threads: 2)
    #expect(first.windowCycles + rest.windowCycles == whole.windowCycles)
    #expect(first.trace.samples == 4 && rest.trace.firstSample == 4)
    for layer in 0..<2 {
      var sum = first.layers[layer].counters
      sum.add(rest.layers[layer].counters)
      #expect(sum == whole.layers[layer].counters)
    }
  }

  @Test func samplesMustBeInTheTrace() throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 3, in: folder)
    for range in [0..<4, 3..<4, -1..<2, 1..<1, 0..<Int.max] {
      let error = try #require(throws: ReplayError.self) {
        try TraceReplay(of: trace, on: hardware(), samples: range)
      }
      #expect(
        error.description.hasSuffix(
          "the trace has 3 samples, from 0 to 2; choose samples among them"))
    }
  }

  @Test func tracesWithoutSamplesAreRefused() throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: ReplayError.self) {
      try TraceReplay(of: trace(samples: 0, in: folder), on: hardware())
    }
    #expect(error.description.hasSuffix("the trace has no samples; record it again"))
  }

  @Test func endlessHardwareIsRefused() throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 1, in: folder)
    let narrow = accelerator.replacingOccurrences(
      of: "processing-elements: 2", with: "processing-elements: 2, encoder-width: 1")
    let error = try #require(throws: HardwareError.self) {
      try TraceReplay(of: trace, on: hardware(narrow))
    }
    #expect(
      error.description == """
        x.yaml:4: 'encoder-width' of layer 1 is 1, which cuts its 64 input pixels into 64 chunks, \
        more than the published chunk counter can count, so the layer never finishes; use 5 or more
        """)
  }

  @Test func lostWorkIsMentioned() async throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 2, in: folder)
    let short = accelerator.replacingOccurrences(
      of: "processing-elements: 2", with: "processing-elements: 2, list-capacity: 3")
    let report = try await TraceReplay(of: trace, on: hardware(short)).report(threads: 1)
    #expect(report.warnings.contains { $0.contains("more than the 3 entries") })
  }

  // MARK: The JSON form

  @Test func reportsSurviveJSON() async throws {
    let folder = try TemporaryFolder()
    let trace = try trace(samples: 3, in: folder)
    let report = try await TraceReplay(of: trace, on: hardware()).report(threads: 1)
    let data = try report.jsonData()
    let again = try ReplayReport(json: data, path: "r.json")
    #expect(again.layers.map(\.counters) == report.layers.map(\.counters))
    #expect(try again.jsonData() == data)
  }

  @Test(arguments: [
    "", "[]", "{}", "null", #"{"schemaVersion": "1"}"#, #"{"schemaVersion": 3}"#,
    #"{"schemaVersion": 2}"#, "{\"schemaVersion\": 1e99}", "\u{0}",
  ])
  func otherJSONIsRefused(_ text: String) throws {
    let error = try #require(throws: ReplayError.self) {
      try ReplayReport(json: Data(text.utf8), path: "r.json")
    }
    #expect(error.description.hasPrefix("r.json: "))
  }
}
