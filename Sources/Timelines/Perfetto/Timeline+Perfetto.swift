import EventSimulation
import Foundation

extension Timeline {
  /// The timeline as a trace that https://ui.perfetto.dev opens.
  ///
  /// A process is a layer, a thread an engine; idle time is left blank. Timestamps are nanoseconds at
  /// the hardware's clock, rounded; the exact cycles are arguments of every slice.
  ///
  /// - Returns: the content of a `.pftrace` file.
  public func perfettoTrace() -> Data {
    let slices = engines.reduce(0) { $0 + $1.positions(in: window).count }
    var writer = PerfettoWriter(
      clock: source.clock, capacity: 160 * slices + 40 * arrows.count + (1 << 16))
    let flows = Flows(arrows, engines: engines, window: window)
    write(sampleTo: &writer)
    for layer in layers.indices { write(layer: layer, flows, to: &writer) }
    return Data(writer.bytes)
  }

  /// Processes are numbered in hundreds, so that threads fit between.
  private func processNumber(_ layer: Int?) -> UInt64 {
    layer.map { 100 * UInt64($0 + 2) } ?? 100
  }

  private var clockLabel: String { "\(source.clock / 1e6) MHz" }

  private func write(sampleTo writer: inout PerfettoWriter) {
    let process = writer.addProcess(
      "sample \(source.sample) on \(source.hardware)", number: processNumber(nil),
      label: clockLabel,
      description: "\(source.platform.rawValue) at \(clockLabel); one cycle is "
        + "\(1e9 / source.clock) ns")
    if let span = shown(0..<end) {
      let words = ["latency", "cycles", "clock [Hz]", "hardware", "platform", "trace"].map {
        writer.word($0, in: .arguments)
      }
      writer.slice(
        writer.word("sample \(source.sample)", in: .names),
        category: writer.word("sample", in: .categories), span, on: process
      ) { arguments in
        arguments.add(words[0], latency)
        arguments.add(words[1], end)
        arguments.add(words[2], source.clock)
        arguments.add(words[3], source.hardware)
        arguments.add(words[4], source.platform.rawValue)
        arguments.add(words[5], source.trace)
      }
    }
    write((counters + power).filter { $0.layer == nil }, in: process, to: &writer)
  }

  private func write(layer: Int, _ flows: Flows, to writer: inout PerfettoWriter) {
    let name = layers[layer].name
    let number = processNumber(layer)
    let process = writer.addProcess(
      "\(layer + 1) \(name)", number: number, label: "layer \(layer + 1)",
      description: "The engines of layer '\(name)'.")
    if let span = shown(layers[layer].start..<layers[layer].end) {
      let words = ["first cycle", "cycles", "cycles to completion", "layer"].map {
        writer.word($0, in: .arguments)
      }
      writer.slice(
        writer.word(name, in: .names), category: writer.word("layer", in: .categories), span,
        on: process
      ) { arguments in
        arguments.add(words[0], layers[layer].start)
        arguments.add(words[1], layers[layer].end - layers[layer].start)
        arguments.add(words[2], layers[layer].cycles)
        arguments.add(words[3], name)
      }
    }
    for (index, engine) in engines.enumerated() where engine.layer == layer {
      let thread = writer.addThread(
        engine.name, number: number + 1 + UInt64(index), of: number, in: process,
        description: engine.states.map { "\($0.name): \($0.explanation)" }.joined(separator: "\n"))
      write(engine, at: index, flows, on: thread, layer: name, to: &writer)
    }
    write((counters + power).filter { $0.layer == layer }, in: process, to: &writer)
  }

  private func write(
    _ engine: EngineTrack, at index: Int, _ flows: Flows, on thread: UInt64, layer: String,
    to writer: inout PerfettoWriter
  ) {
    let names = engine.states.map { writer.word($0.name, in: .names) }
    let activities = engine.states.map(\.activity.rawValue)
    let categories = activities.map { writer.word($0, in: .categories) }
    let words = ["first cycle", "cycles", "activity", "layer"].map {
      writer.word($0, in: .arguments)
    }
    var cursor = Flows.Cursor()
    for position in engine.positions(in: window) {
      let slice = engine.slices[position]
      guard engine.activity(of: slice) != .idle, let span = shown(slice.from..<slice.end) else {
        continue
      }
      let parts = (engine.compositions[position] ?? []).map {
        (writer.word("cycles in \($0.state)", in: .arguments), $0.cycles)
      }
      writer.slice(
        names[slice.state], category: categories[slice.state], span, on: thread,
        leaving: flows.leaving(engine: index, slice: position, &cursor),
        arriving: flows.arriving(engine: index, slice: position, &cursor)
      ) { arguments in
        arguments.add(words[0], slice.from)
        arguments.add(words[1], slice.length)
        arguments.add(words[2], activities[slice.state])
        arguments.add(words[3], layer)
        for (word, cycles) in parts { arguments.add(word, cycles) }
      }
    }
  }

  private func write(
    _ counters: [Counter], in process: UInt64, to writer: inout PerfettoWriter
  ) {
    for counter in counters {
      let track = writer.addCounter(counter.name, unit: counter.unit, in: process)
      writer.value(counter.value(at: window.lowerBound), at: window.lowerBound, on: track)
      for point in counter.points
      where point.cycle > window.lowerBound && point.cycle < window.upperBound {
        writer.value(point.value, at: point.cycle, on: track)
      }
    }
  }

  /// The part of a span that is drawn.
  private func shown(_ span: Range<Cycle>) -> Range<Cycle>? {
    let part = span.clamped(to: window)
    return part.isEmpty ? nil : part
  }
}

/// The arrows by the slices that they connect.
private struct Flows {
  /// Where a walk along one engine's slices has come to.
  struct Cursor {
    fileprivate var leaving = 0
    fileprivate var arriving = 0
  }

  /// The ends of arrows at one engine, by slice.
  private struct Ends {
    var slices: [Int] = []
    var flows: [UInt64] = []

    init(_ ends: [(slice: Int, flow: UInt64)]) {
      for end in ends.sorted(by: { ($0.slice, $0.flow) < ($1.slice, $1.flow) }) {
        slices.append(end.slice)
        flows.append(end.flow)
      }
    }

    func at(_ slice: Int, _ cursor: inout Int) -> ArraySlice<UInt64> {
      while cursor < slices.count, slices[cursor] < slice { cursor += 1 }
      let first = cursor
      while cursor < slices.count, slices[cursor] == slice { cursor += 1 }
      return flows[first..<cursor]
    }
  }

  private let leaving: [Ends]
  private let arriving: [Ends]

  init(_ arrows: [Arrow], engines: [EngineTrack], window: Range<Cycle>) {
    var leaving: [[(slice: Int, flow: UInt64)]] = engines.map { _ in [] }
    var arriving = leaving
    let shown = engines.map { $0.positions(in: window) }
    for (index, arrow) in arrows.enumerated() {
      guard shown[arrow.from.engine].contains(arrow.from.slice),
        shown[arrow.to.engine].contains(arrow.to.slice)
      else { continue }
      leaving[arrow.from.engine].append((arrow.from.slice, UInt64(index + 1)))
      arriving[arrow.to.engine].append((arrow.to.slice, UInt64(index + 1)))
    }
    self.leaving = leaving.map(Ends.init)
    self.arriving = arriving.map(Ends.init)
  }

  func leaving(engine: Int, slice: Int, _ cursor: inout Cursor) -> ArraySlice<UInt64> {
    leaving[engine].at(slice, &cursor.leaving)
  }

  func arriving(engine: Int, slice: Int, _ cursor: inout Cursor) -> ArraySlice<UInt64> {
    arriving[engine].at(slice, &cursor.arriving)
  }
}
