import EventSimulation

/// What a fully connected layer did when, as the closed form derives it.
struct FullyConnectedHistory {
  /// A time step in the compression engine.
  struct Step {
    /// The first cycle that collects its rows.
    let collect: Cycle
    /// Its time-step cycle.
    let end: Cycle
    /// Its spikes.
    let spikes: Cycle
  }

  /// A time step of a pass.
  struct Walk {
    /// The first cycle of its walk over the spikes.
    let first: Cycle
    /// Cycles of that walk.
    let length: Cycle
    /// Spikes that the walk is told of.
    let counted: Cycle
    /// The cycle of the pulse that says that its row of spikes is ready.
    let ready: Cycle
  }

  /// The cycle of the start signal.
  var start: Cycle = 0
  /// Time steps in the compression engine.
  var steps: [Step] = []
  /// The first cycle in which compression is over.
  var compressed: Cycle = 0
  /// Time steps of all passes.
  var walks: [Walk] = []
  /// The cycle that ends each pass.
  var passEnds: [Cycle] = []
  /// The first busy cycle of every turn of the writer.
  var writerTurns: [Cycle] = []
  /// The first cycle of the completion signal.
  var loaded: Cycle = 0
  /// The first cycle in which the layer is quiet.
  var end: Cycle = 0
}

/// State times, as far as they follow from what happened when.
extension FullyConnectedHistory {
  /// The compression engine's before a cycle, in the order `idle`, `collect`, `load`, `encode`,
  /// `clear`, `timeStep`, `done`.
  func compression(of layer: FullyConnectedGeometry, before end: Cycle) -> [Cycle] {
    let chunks = Cycle(layer.timeSteps * layer.chunks)
    let spikes = steps.reduce(0) { $0 + $1.spikes }
    let cycles = [
      start + 1, Cycle(layer.timeSteps * (layer.inputChannels + 1)), chunks, chunks + spikes,
      spikes,
      Cycle(layer.timeSteps),
    ]
    return cycles + [end - cycles.reduce(0, +)]
  }

  /// The neuron engine's before a cycle, in the order `idle`, `spikeIteration`, `activate`,
  /// `timeStep`, `neuron`, `done`.
  func neurons(before end: Cycle) -> [Cycle] {
    let count = Cycle(walks.count)
    let cycles = [
      walks.first?.first ?? 0, walks.reduce(0) { $0 + $1.length }, count, count,
      Cycle(passEnds.count),
    ]
    return cycles + [end - cycles.reduce(0, +)]
  }

  /// The processing elements' as published, in the order `accumulate`, `activate`: they add all
  /// spikes but one, and do nothing for fewer than two.
  var elements: [Cycle] {
    [walks.reduce(0) { $0 + $1.length - 1 }, Cycle(walks.count { $0.length > 1 })]
  }
}
