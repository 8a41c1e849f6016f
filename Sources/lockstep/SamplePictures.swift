import Accelerator
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
  init(_ replay: TraceReplay, sample: Int) throws {
    let timeline = try replay.timeline(ofSample: sample)
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
      sample: sample, cycles: timeline.end, engines: names,
      slices: Array(slices.prefix(Self.largestCount)))
  }
}
