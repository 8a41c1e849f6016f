import Accelerator
import EventSimulation
import Foundation
import SpikeTraces
import TestSupport
import Testing

// Do the explanations of a replay add up, and do they tell the truth?
@Suite struct AnalysisTests {
  /// A random accelerator of a platform, and the record of a random sample.
  private func recording(
    _ platform: HardwarePlatform, seed: UInt64
  ) throws -> (model: any AcceleratorModel, timeSteps: Int, recording: SampleRecording) {
    var random = SeededGenerator(seed: seed)
    switch platform {
    case .conv2023:
      var (layers, counts) = RandomNetwork.make(using: &random)
      // Every other network has hardware that nobody published.
      for (index, layer) in layers.enumerated() where seed.isMultiple(of: 2) {
        guard case .convolution(var geometry) = layer else { continue }
        geometry.options = .random(inputChannels: geometry.inputChannels, using: &random)
        layers[index] = .convolution(geometry)
      }
      let quirks = Bool.random(using: &random) ? .published : Set<Conv2023.Quirk>.repaired
      return try record(
        Conv2023(layers: layers, quirks: quirks), layers[0].timeSteps, counts)
    case .hybrid2024:
      let quirks = Bool.random(using: &random) ? .published : Set<Hybrid2024.Quirk>.repaired
      let (layers, counts) = RandomHybrid.make(using: &random, quirks: quirks)
      return try record(
        Hybrid2024(layers: layers, quirks: quirks), layers[0].timeSteps, counts)
    case .fullyConnected2023:
      let (geometry, spikes) = RandomPipeline.make(emptySteps: false, using: &random)
      return try record(
        FullyConnected2023(geometry), geometry.timeSteps, Array(spikes.dropLast()))
    case .fullyConnected2023RTL:
      let geometry = SpikeTrainGeometry(
        inputs: 16, neurons: Int.random(in: 4...12, using: &random), processingElements: 3,
        listCapacity: 32, accumulateLatency: 3)
      let counts = (0..<5).map { _ in UInt32.random(in: 1...16, using: &random) }
      return try record(
        FullyConnected2023RTL(geometry, timeSteps: counts.count), counts.count, [counts])
    }
  }

  private func record(
    _ model: some AcceleratorModel, _ timeSteps: Int, _ counts: [[UInt32]]
  ) throws -> (model: any AcceleratorModel, timeSteps: Int, recording: SampleRecording) {
    let names = (0..<model.layerCount).map { "layer\($0)" }
    return (
      model, timeSteps, try SampleRecording(of: model, layerNames: names, counts: counts)
    )
  }

  @Test(arguments: HardwarePlatform.allCases)
  func everyCycleOfEveryEngineIsInATimeStep(platform: HardwarePlatform) throws {
    for seed in 0..<100 as Range<UInt64> {
      let (model, timeSteps, recording) = try recording(platform, seed: seed)
      for layer in 0..<model.layerCount {
        let engines = model.engines(ofLayer: layer)
        var steps = StepAttribution(timeSteps: timeSteps, engines: engines)
        steps.add(recording, layer: layer)
        #expect(steps.slotCycles.reduce(0, +) == recording.replay.window)
        #expect(steps.slotCycles.prefix(timeSteps).allSatisfy { $0 > 0 }, "seed \(seed)")
        for (index, engine) in engines.enumerated() {
          #expect(steps.cycles[index].map { $0.reduce(0, +) } == steps.slotCycles)
          // The elements' table splits one state by what they are told, which is not in their own
          // record.
          guard !engine.name.hasPrefix("processing elements") else { continue }
          let states = engine.states.indices.map { state in
            steps.cycles[index].reduce(0) { $0 + $1[state] }
          }
          #expect(
            states == recording.replay.layers[layer].stateCycles[index],
            "seed \(seed), layer \(layer), \(engine.name)")
        }
      }
    }
  }

  @Test(arguments: HardwarePlatform.allCases)
  func criticalPathCoversTheLatency(platform: HardwarePlatform) throws {
    for seed in 0..<100 as Range<UInt64> {
      let (_, _, recording) = try recording(platform, seed: seed)
      let path = CriticalPath(of: recording).segments
      var cycle: UInt64 = 0
      for segment in path {
        #expect(segment.from == cycle && segment.length > 0)
        cycle += segment.length
        guard !segment.isHandshake else { continue }
        let engine = recording.engines[segment.engine]
        #expect(
          engine.intervals.contains {
            $0.state == segment.state && $0.from <= segment.from
              && segment.from + segment.length <= $0.from + $0.length
          })
      }
      #expect(cycle == recording.replay.latency)
    }
  }

  // One frame: the layer reports completion when its list is taken, so the latency is compression
  // alone. Two frames: the second list waits for the first burst.
  @Test func whatTheLatencyHangsOn() throws {
    func states(channels: Int, spikes: UInt32) throws -> [String: UInt64] {
      let model = Conv2023(layers: [
        .convolution(
          ConvolutionGeometry(
            timeSteps: 1, inputChannels: channels, outputChannels: 1, kernel: 3, inputPixels: 64,
            outputPixels: 36, processingElements: 1, encoderWidth: 16, listCapacity: 64))
      ])
      let recording = try SampleRecording(
        of: model, layerNames: ["conv"], counts: [Array(repeating: spikes, count: channels)])
      var states: [String: UInt64] = [:]
      for segment in CriticalPath(of: recording).segments where !segment.isHandshake {
        let engine = recording.engines[segment.engine]
        states[engine.states[Int(segment.state)], default: 0] += segment.length
      }
      return states
    }
    let one = try states(channels: 1, spikes: 10)
    #expect(one["burst"] == nil)
    // 4 chunks: 4 loads, 10 + 4 encodes, 10 clears.
    #expect(one["load"] == 4 && one["encode"] == 14 && one["clear"] == 10)
    let three = try states(channels: 3, spikes: 10)
    #expect(three["burst"] == 2 * 90, "the bursts of the first two lists")
    #expect(three["encode"] == 14, "the first frame alone is compressed while nobody works")
  }

  // The time between bursts is waiting, of every controller's elements.
  @Test func gapsOfEveryControllerAreWaiting() throws {
    var layer = ConvolutionGeometry(
      timeSteps: 1, inputChannels: 2, outputChannels: 1, kernel: 3, inputPixels: 16,
      outputPixels: 4, processingElements: 1, encoderWidth: 16, listCapacity: 16)
    layer.options.eventControllers = 2
    let model = Conv2023(layers: [.convolution(layer)])
    let recording = try SampleRecording(of: model, layerNames: ["conv"], counts: [[3, 1]])
    let engines = model.engines(ofLayer: 0)
    var steps = StepAttribution(timeSteps: 1, engines: engines)
    steps.add(recording, layer: 0)
    steps.countGapsAsWaiting(engines)
    for (elements, spikes) in [(2, 3), (5, 1)] {
      let accumulate = steps.cycles[elements].reduce(0) { $0 + $1[2] }
      // In the first cycle of the burst the elements are still at rest.
      #expect(accumulate == UInt64(9 * spikes - 1))
      #expect(engines[elements].states[2].name == "accumulate")
    }
  }

  @Test func savingsAreThoseOfASimulationWithMoreHardware() async throws {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: RandomTrace.write(samples: 6, to: folder.path("random.spikes")))
    let file = try HardwareFile(
      data: Data(RandomTrace.hardware.replacing("elements: 2", with: "elements: 1").utf8),
      path: "x.yaml")
    let replay = try TraceReplay(of: trace, on: file)
    let report = try await replay.report(threads: 2, extras: ReplayExtras(explains: true))
    let explanation = try #require(report.explanation)
    #expect(!explanation.savings.isEmpty)
    #expect(explanation.savings.contains { $0.savedCycles > 0 })
    // A fully connected layer has no options of a convolution.
    let stated = explanation.savings.filter { $0.layer == "fc1" }.map(\.parameter)
    #expect(Set(stated).isSubset(of: ["processing-elements", "encoder-width"]))
    let parameters = Set(explanation.savings.map(\.parameter))
    #expect(parameters.isSuperset(of: ["list-buffers", "writer-queue", "event-controllers"]))
    let latency = report.layers.reduce(0) { $0 + $1.totalCycles }
    for saving in explanation.savings {
      var relaxed = file
      let layer = try #require(report.layers.firstIndex { $0.name == saving.layer })
      relaxed.layers[layer].numbers[saving.parameter] = saving.to
      let again = try await TraceReplay(of: trace, on: relaxed).report(threads: 1, engine: .event)
      let cycles = again.layers.reduce(0) { $0 + $1.totalCycles }
      #expect(Int64(latency) - Int64(cycles) == saving.savedCycles, "\(saving)")
    }
    #expect(explanation.criticalPath.reduce(0) { $0 + $1.cycles } == latency)
    // Any number of threads explains the same.
    let alone = try await replay.report(threads: 1, extras: ReplayExtras(explains: true))
    #expect(try alone.jsonData() == report.jsonData())
  }

  // The hardware is the second layer of the network.
  @Test func aRecordingReadsTheSpikesOfItsLayer() async throws {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: RandomTrace.write(
        samples: 3, to: folder.path("fc.spikes"), header: RandomTrace.fullyConnected([32, 20, 10])))
    let file = try HardwareFile(
      data: Data(
        """
        platform: fc-2023-rtl
        clock: 100 MHz
        quirks: [published, -empty-train-hangs]
        layers:
          - {name: fc2, kind: fully-connected, processing-elements: 5}
        """.utf8), path: "x.yaml")
    for sample in 0..<3 {
      let replay = try TraceReplay(of: trace, on: file, samples: sample..<sample + 1)
      let report = try await replay.report(
        threads: 1, extras: ReplayExtras(explains: true, hasBaseline: true))
      let recorded = try replay.recording(ofSample: sample)
      #expect(recorded.recording.replay.latency == report.latencyCycles.maximum)
      // 32 inputs to 20 neurons on 5 elements, 6 time steps: 2 + 4 x (6 x (32 + 2) + 1).
      #expect(report.baseline?.map(\.denseCycles) == [822])
      // Trains come from outside, one as soon as the one before is worked off.
      let path = try #require(report.explanation).criticalPath
      let waiting = path.filter { $0.state == "hand-over" }.reduce(0) { $0 + $1.cycles }
      #expect(waiting <= 2 * 6)
    }
  }
}
