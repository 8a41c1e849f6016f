import Accelerator
import PowerEstimation
import Reports
import SpikeTraces
import Timelines

extension SampleRaster {
  /// The spikes of a sample of a trace.
  init(_ trace: TraceReader, sample: Int) throws {
    let header = trace.header
    var boundaries: [Boundary] = []
    for (index, shape) in header.boundaries.enumerated() {
      let planes = try trace.boundary(index, of: sample)
      let size = max(
        1, (shape.neurons + Self.largestGroups - 1) / Self.largestGroups)
      let groups = (planes.neurons + size - 1) / size
      let counts = planes.groupCounts(groupSize: size)
      boundaries.append(
        Boundary(
          name: index > 0 ? header.layers[index - 1].name : "input", neurons: planes.neurons,
          groupSize: size,
          counts: (0..<planes.timeSteps).map { step in
            (0..<groups).map { Int(counts[step * groups + $0]) }
          }))
    }
    self.init(sample: sample, boundaries: boundaries)
  }
}

extension TimelineExcerpt {
  /// The beginning of a sample's timeline.
  init(_ timeline: Timeline) {
    var slices: [Slice] = []
    var names: [String] = []
    for engine in timeline.engines {
      let name = "\(timeline.layers[engine.layer].name)  \(engine.name)"
      names.append(name)
      for slice in engine.slices where engine.activity(of: slice) != .idle {
        slices.append(
          Slice(
            engine: name, state: engine.states[slice.state].name,
            activity: engine.activity(of: slice).rawValue, from: slice.from, end: slice.end))
      }
    }
    slices.sort { $0.from < $1.from }
    self.init(
      sample: timeline.source.sample, cycles: timeline.end, engines: names,
      slices: Array(slices.prefix(Self.largestCount)))
  }
}

extension PowerTimeline {
  /// The power of a replay's accelerator during one sample; nil if the estimates are without counts.
  ///
  /// - Parameters:
  ///   - timeline: what every engine did.
  ///   - estimates: what is known of the accelerator's power.
  ///   - trace: the trace.
  ///   - hardware: the accelerator.
  /// - Throws: what replaying the sample throws.
  init?(
    _ timeline: Timeline, _ estimates: PoweredReplay.Estimates, trace: TraceReader,
    hardware: HardwareFile
  ) async throws {
    let sample = timeline.source.sample
    let replay = try TraceReplay(of: trace, on: hardware, samples: sample..<sample + 1)
    let power = estimates.power(
      of: try await replay.report(threads: 1),
      design: HardwareDesign(replay.hardware, network: trace.header))
    self.init(
      power, sample: sample, cycles: timeline.latency, engines: timeline.engines.map(Engine.init))
  }
}

extension PowerTimeline {
  /// The power as counters: of the whole accelerator, and of each layer's own work.
  var counters: [Counter] {
    func counter(_ layer: Int?, _ power: [Double]) -> Counter {
      Counter(
        name: "power", unit: "W", layer: layer,
        points: power.enumerated().map {
          Counter.Point(cycle: UInt64($0) * windowCycles, value: $1)
        })
    }
    let total = lengths.indices.map { window in parts.reduce(0) { $0 + $1.power[window] } }
    return [counter(nil, total)] + parts.dropLast().enumerated().map { counter($0, $1.power) }
  }
}

extension PowerTimeline.Engine {
  fileprivate init(_ track: EngineTrack) {
    var busy: [String: [Range<UInt64>]] = [:]
    var active: [Range<UInt64>] = []
    for slice in track.slices {
      let (times, activity) = (slice.from..<slice.end, track.activity(of: slice))
      if activity != .idle { active.append(times) }
      if activity == .busy { busy[track.states[slice.state].name, default: []].append(times) }
    }
    self.init(layer: track.layer, name: track.name, busy: busy, active: active)
  }
}
