import EventSimulation
import Foundation

extension Timeline {
  /// The timeline as a value change dump, which GTKWave and other viewers of digital waves open.
  ///
  /// A scope is a layer, with its signals, and in it an engine, with its state as a word. Pulses are
  /// high for one cycle, levels are vectors, power is a real number. A moment is the beginning of a cycle at the hardware's
  /// clock.
  ///
  /// - Returns: the content of a `.vcd` file.
  public func valueChanges() -> Data {
    let time = WaveTime(clock: source.clock)
    var writer = ValueChangeWriter()
    writer.comment("Lockstep: sample \(source.sample) on \(source.hardware)")
    writer.comment(
      "platform \(source.platform.rawValue), clock \(source.clock) Hz, cycles "
        + "\(window.lowerBound)..\(window.upperBound - 1) of \(end)")
    writer.timescale(time.unit)
    var waves: [Wave] = []
    writer.open(scope: "sample")
    declareSignals(of: nil, &waves, in: &writer)
    for (index, layer) in layers.enumerated() {
      writer.open(scope: layer.name)
      let active = writer.variable("active", .wire)
      waves.append(
        Wave(active, [(0, 0)] + edges(layer.start..<layer.end), in: window, words: []))
      declareSignals(of: index, &waves, in: &writer)
      for engine in engines where engine.layer == index {
        writer.open(scope: engine.name)
        let words = engine.states.map { Array(ValueChangeWriter.identifier($0.name).utf8) }
        // Viewers list variables without their scopes: "state" alone would not tell whose.
        let state = writer.variable("\(engine.name) state", .text)
        waves.append(
          Wave(
            state, engine.slices.map { ($0.from, UInt64($0.state)) }, in: window, words: words))
        writer.closeScope()
      }
      writer.closeScope()
    }
    writer.closeScope()
    writer.endDefinitions()
    write(waves, time, to: &writer)
    return Data(writer.bytes)
  }

  private func declareSignals(
    of layer: Int?, _ waves: inout [Wave], in writer: inout ValueChangeWriter
  ) {
    for signal in signals where signal.layer == layer {
      switch signal.kind {
      case .pulse:
        let variable = writer.variable(signal.name, .wire)
        let changes = signal.pulses.flatMap { edges($0..<$0 + 1) }
        waves.append(Wave(variable, [(0, 0)] + changes, in: window, words: []))
      case .level:
        let largest = signal.changes.map(\.value).max() ?? 0
        let bits = UInt64.bitWidth - largest.leadingZeroBitCount
        let variable = writer.variable(signal.name, bits > 1 ? .vector(bits: bits) : .wire)
        let changes = signal.changes.map { ($0.cycle, $0.value) }
        waves.append(Wave(variable, [(0, 0)] + changes, in: window, words: []))
      }
    }
    for counter in power where counter.layer == layer {
      let variable = writer.variable("\(counter.name) \(counter.unit)", .real)
      let changes = counter.points.map { ($0.cycle, $0.value.bitPattern) }
      waves.append(Wave(variable, [(0, 0)] + changes, in: window, words: []))
    }
  }

  private func edges(_ span: Range<Cycle>) -> [(Cycle, UInt64)] {
    [(span.lowerBound, 1), (span.upperBound, 0)]
  }

  private func write(_ waves: [Wave], _ time: WaveTime, to writer: inout ValueChangeWriter) {
    /// A change of some wave, in 16 bytes to sort.
    struct Change {
      let cycle: Cycle
      let wave: Int32
      let position: Int32
    }
    var changes: [Change] = []
    changes.reserveCapacity(waves.reduce(0) { $0 + $1.changes.count })
    for (index, wave) in waves.enumerated() {
      for (position, change) in wave.changes.enumerated() {
        changes.append(
          Change(cycle: change.cycle, wave: Int32(index), position: Int32(position)))
      }
    }
    changes.sort { ($0.cycle, $0.wave) < ($1.cycle, $1.wave) }
    writer.reserve(writer.bytes.count + 20 * changes.count)
    writer.moment(time.moment(window.lowerBound))
    writer.beginValues()
    for wave in waves { wave.write(wave.initial, to: &writer) }
    writer.endValues()
    var cycle = window.lowerBound
    for change in changes {
      if change.cycle != cycle {
        cycle = change.cycle
        writer.moment(time.moment(cycle))
      }
      let wave = waves[Int(change.wave)]
      wave.write(wave.changes[Int(change.position)].value, to: &writer)
    }
    // The last values last to the end.
    if cycle != window.upperBound { writer.moment(time.moment(window.upperBound)) }
  }
}

/// A variable and its values in the window.
private struct Wave {
  let variable: ValueChangeWriter.Variable
  /// What the values mean, for a variable of words.
  let words: [[UInt8]]
  /// The value at the beginning.
  let initial: UInt64
  /// What changes afterwards, in ascending order.
  let changes: [(cycle: Cycle, value: UInt64)]

  /// Keeps the changes that fall into a window.
  ///
  /// The changes ascend; of two in a cycle the later counts.
  init(
    _ variable: ValueChangeWriter.Variable, _ changes: [(Cycle, UInt64)], in window: Range<Cycle>,
    words: [[UInt8]]
  ) {
    self.variable = variable
    self.words = words
    var initial: UInt64 = 0
    var kept: [(cycle: Cycle, value: UInt64)] = []
    kept.reserveCapacity(changes.count)
    for (cycle, value) in changes where cycle < window.upperBound {
      guard cycle > window.lowerBound else {
        initial = value
        continue
      }
      if kept.last?.cycle == cycle { kept.removeLast() }
      guard value != (kept.last?.value ?? initial) else { continue }
      kept.append((cycle, value))
    }
    self.initial = initial
    self.changes = kept
  }

  func write(_ value: UInt64, to writer: inout ValueChangeWriter) {
    if words.isEmpty {
      writer.set(variable, value)
    } else {
      writer.set(variable, words[Int(value)])
    }
  }
}
