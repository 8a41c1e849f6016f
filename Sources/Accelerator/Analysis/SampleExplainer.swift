import EventSimulation
import SpikeTraces

/// Explains samples of one replay: records each of them and sums up.
struct SampleExplainer {
  /// Nothing explained yet.
  let noSums: ExplanationSums
  private let hardware: BoundHardware
  private let relaxations: [Relaxation]
  private let simulator: any SampleSimulator<IntervalRecorder>

  /// Prepares explanations, for one thread.
  ///
  /// - Parameters:
  ///   - hardware: the accelerator.
  ///   - relaxations: hardware to compare with.
  ///   - timeSteps: time steps of a sample.
  /// - Throws: ``ConfigurationError`` if the accelerator cannot be simulated.
  init(
    _ hardware: BoundHardware, relaxations: [Relaxation], timeSteps: Int
  ) throws(ConfigurationError) {
    self.hardware = hardware
    self.relaxations = relaxations
    simulator = try hardware.model.recordingSimulator()
    noSums = ExplanationSums(hardware, timeSteps: timeSteps, relaxations: relaxations.count)
  }

  /// Explains a sample.
  func add(_ counts: [[UInt32]], to sums: inout ExplanationSums?) throws(ConfigurationError) {
    let recording = try record(counts, of: hardware.model)
    try sums?.add(recording, counts: counts, relaxations: relaxations)
  }

  private func record(
    _ counts: [[UInt32]], of model: some AcceleratorModel
  ) throws(ConfigurationError) -> SampleRecording {
    try SampleRecording(
      simulatedBy: simulator, of: model, layerNames: hardware.layers.map(\.name), counts: counts)
  }

  /// The names of all states of the state machines, by layer and engine.
  static func stateNames(of hardware: BoundHardware) throws(ConfigurationError) -> [[[String]]] {
    let simulator = try hardware.model.simulator()
    return hardware.layers.indices.map { layer in
      simulator.processes(ofLayer: layer).map { simulator.topology.processes[$0.index].states }
    }
  }
}
