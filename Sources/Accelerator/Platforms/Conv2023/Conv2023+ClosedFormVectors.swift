import EventSimulation

/// Everything that recordings of platform conv-2023 measure, stated by the closed form.
extension Conv2023 {
  static func closedForm(of vector: VectorCase) throws(VectorProblem) -> [JSONValue] {
    var starts = try vector.start.cycles("at")
    let layers = try recordedLayers(vector)
    let model = Conv2023(layers: layers.map(\.geometry))
    var stated: [JSONValue] = []
    for (index, layer) in layers.enumerated() {
      switch layer.geometry {
      case .convolution(let geometry):
        let history = history(of: geometry, layer.counts, starts)
        stated.append(measured(history, of: geometry))
        starts = history.loaded
      case .fullyConnected(let geometry):
        let history = history(
          of: geometry, layer.counts, starts, hasWriter: model.hasWriter(index))
        stated.append(measured(history, of: geometry, isConnected: model.hasWriter(index)))
        starts = history.map { [$0.loaded] } ?? []
      }
    }
    return stated
  }

  private static func history(
    of layer: ConvolutionGeometry, _ counts: [UInt32], _ starts: [Cycle]
  ) -> ConvolutionHistory {
    let reading = ClosedFormReading(
      starts: starts, everyPhaseReadsTheSame: false, keepsHistory: true)
    guard !starts.isEmpty, !layer.chunkCounterOverflows else { return ConvolutionHistory() }
    return Conv2023ClosedForm.convolution(layer, counts, .published, reading).history
      ?? ConvolutionHistory()
  }

  /// - Returns: nil for a layer that never finishes, or never starts.
  private static func history(
    of layer: FullyConnectedGeometry, _ counts: [UInt32], _ starts: [Cycle], hasWriter: Bool
  ) -> FullyConnectedHistory? {
    guard let start = starts.first, !layer.passesNeverEnd else { return nil }
    return Conv2023ClosedForm.fullyConnected(layer, hasWriter: hasWriter, .published)
      .history(of: layer, counts: counts, start: start)
  }

  private static func measured(
    _ history: ConvolutionHistory, of layer: ConvolutionGeometry
  ) -> JSONValue {
    let end = history.end
    let taps = Cycle(layer.kernel * layer.kernel)
    let elements = Cycle(layer.processingElements)
    let compression = history.compression(of: layer)
    let idle = end - min(end, compression.reduce(0, +))
    let (burst, sweep) = (
      ConvolutionHistory.cycles(history.bursts), ConvolutionHistory.cycles(history.sweeps)
    )
    let core = history.elements(before: end)
    let rows = elements * Cycle(history.writerTurns.count)
    return .object([
      "frames": .array(history.frames.map(\.measured)),
      "bursts": .array(history.bursts.map { $0.measured(taps: taps) }),
      "activations": .array(history.sweeps.map(\.measured)),
      "coreActivations": .array(history.elementSweeps.map(\.measured)),
      "ready": .numbers(history.ready),
      "loaded": .numbers(history.loaded),
      "writer": .array(history.writerTurns.map { .numbers([$0, $0 + 3 * elements - 1]) }),
      "writerStores": .numbers(
        history.writerTurns.flatMap { first in (0..<elements).map { first + 1 + 3 * $0 } }),
      "encoderStates": .states(
        [
          "idle", "wait", "load", "encode", "clear", "transit", "channel", "timeStep", "phase",
          "done",
        ], [idle] + compression),
      "spikeStates": .states(["idle", "burst", "activate"], [end - burst - sweep, burst, sweep]),
      "coreStates": .states(["s0", "s1", "s3", "s7"], [end - core.reduce(0, +)] + core),
      "writerStates": .numbers([end - 3 * rows, rows, rows, rows]),
      "inputReads": .number(history.inputReads(idle: idle)),
      "spikeWrites": .number(2 * rows),
      "accumulateEnables": .number(burst),
      "activateEnables": .number(sweep - Cycle(history.sweeps.count)),
      "end": .number(end),
      "neverFinishes": .boolean(layer.chunkCounterOverflows),
    ])
  }

  private static func measured(
    _ history: FullyConnectedHistory?, of layer: FullyConnectedGeometry, isConnected: Bool
  ) -> JSONValue {
    guard let history else {
      return .object([
        "loaded": .null, "end": .null, "neverFinishes": .boolean(layer.passesNeverEnd),
      ])
    }
    let end = history.end
    let elements = Cycle(layer.processingElements)
    let compression = history.compression(of: layer, before: end)
    let core = isConnected ? history.elements : [0, 0]
    let rows = elements * Cycle(history.writerTurns.count)
    let walks = history.walks.enumerated().map { position, walk in
      let (pass, timeStep) = position.quotientAndRemainder(dividingBy: layer.timeSteps)
      return JSONValue.numbers([
        Cycle(pass) * elements, Cycle(timeStep), walk.counted, walk.first,
        walk.first + walk.length - 1, walk.ready,
      ])
    }
    return .object([
      "frames": .array(
        history.steps.enumerated().map {
          .numbers([
            Cycle($0), $1.collect, $1.collect + Cycle(layer.inputChannels) + 1, $1.end,
          ])
        }),
      "compressionDone": .number(history.compressed + 1),
      "passes": .array(walks),
      "ready": .numbers(history.walks.map(\.ready)),
      "loaded": .number(history.loaded),
      "writer": .array(history.writerTurns.map { .numbers([$0, $0 + 2 * elements - 1]) }),
      "writerStores": .numbers(
        history.writerTurns.flatMap { first in (0..<elements).map { first + 2 * $0 } }),
      "encoderStates": .states(Self.rowStates, compression + [0, 0, 0]),
      "spikeStates": .states(Self.neuronStates, history.neurons(before: end) + [0, 0, 0, 0]),
      "writerStates": .numbers([end - 2 * rows, rows, rows]),
      "coreStates": .numbers([end - core.reduce(0, +)] + core),
      "inputReads": .number(
        Cycle(layer.timeSteps * (layer.inputChannels + 1)) + compression[0] - 1),
      "weightReads": .number(core[0] * elements),
      "accumulateEnables": .number(history.elements[0]),
      "activateEnables": .number(Cycle(history.walks.count { $0.counted > 0 })),
      "end": .number(end),
      "neverFinishes": .boolean(false),
    ])
  }

  /// Each of the two engines has all states of the recorded state machine, and uses its own.
  private static let rowStates = [
    "idle", "collect", "load", "encode", "clear", "timeStep", "done", "spikeIteration", "activate",
    "neuron",
  ]
  private static let neuronStates = [
    "idle", "spikeIteration", "activate", "timeStep", "neuron", "done", "collect", "load",
    "encode", "clear",
  ]
}

extension ConvolutionHistory.Frame {
  /// As recordings have it: `[w, e, i, n]`.
  var measured: JSONValue { .numbers([wait, encoded, iteration, counted]) }
}

extension ClosedRange<Cycle> {
  /// As recordings have it: `[first, last]`.
  var measured: JSONValue { .numbers([lowerBound, upperBound]) }

  /// A burst as recordings have it: `[first, last, spikes]`.
  func measured(taps: Cycle) -> JSONValue {
    .numbers([lowerBound, upperBound, (upperBound - lowerBound + 1) / taps])
  }
}

extension JSONValue {
  /// Cycles by state.
  static func states(_ names: [String], _ cycles: [Cycle]) -> JSONValue {
    .object(Dictionary(zip(names, cycles.map(number)), uniquingKeysWith: { $1 }))
  }
}
