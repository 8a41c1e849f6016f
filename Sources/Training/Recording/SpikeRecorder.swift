import Datasets
import SpikeTraces
import SpikingKernels
import SpikingNetworks
import Synchronization

/// Runs samples through a network and writes every spike at every layer boundary to a trace.
///
/// The network is fed exactly the input spikes that are recorded. They depend on the seed and the
/// sample alone, so that the trace is the same to the last byte on any number of threads, and its
/// predictions are those that ``SpikingNetwork/evaluate(_:samples:encoder:loss:seed:threads:)``
/// counts with the same seed.
public struct SpikeRecorder: Sendable {
  private let network: SpikingNetwork
  private let encoder: InputEncoder
  private let seed: UInt64
  private let hyperparameters: [String: String]

  /// Creates a recorder.
  ///
  /// - Parameters:
  ///   - network: the network to run.
  ///   - encoder: how samples become input.
  ///   - seed: of the input spikes.
  ///   - hyperparameters: how the network was made, for the trace's header.
  public init(
    _ network: SpikingNetwork, encoder: InputEncoder, seed: UInt64,
    hyperparameters: [String: String] = [:]
  ) {
    self.network = network
    self.encoder = encoder
    self.seed = seed
    self.hyperparameters = hyperparameters
  }

  /// Writes the trace of some samples, in their order; an older file of the name is replaced.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - samples: indices into the data, which become the records' identities.
  ///   - split: the part of the data set: `train` or `test`.
  ///   - path: the trace's name.
  ///   - threads: how many threads to use.
  ///   - stop: ends the recording after the samples at hand.
  ///   - progress: called on any thread, the caller's among them, after each sample.
  /// - Returns: whether the trace is written; false if it was stopped, and then nothing is left.
  /// - Throws: ``TrainingError``: `mismatch` if the samples do not fit the network, `data` if one
  ///   cannot be read, `recording` if the trace cannot be written; nothing is left under its name
  ///   then.
  @discardableResult
  public func record(
    _ data: some LabelledSamples, samples: [Int], split: String, to path: String, threads: Int,
    stop: StopSignal = StopSignal(), progress: () -> Void = {}
  ) throws(TrainingError) -> Bool {
    try network.description.checkFit(data, encoder)
    if let layer = network.plan.layers.first(where: {
      $0.pooling == .afterNeuron && $0.poolsAverage
    }) {
      throw TrainingError(
        .recording, "the average of spikes is not a spike, and a trace holds spikes only",
        remedy: "pool the currents before the neurons, or take the maximum",
        location: "layer \(layer.name)")
    }
    let unread = SampleFailure()
    let isWhole: Bool
    do {
      let writer = try TraceWriter(
        path: path, header: header(data, split: split), overwrite: true)
      try write(data, samples, threads, writer, stop, unread, progress)
      isWhole = !stop.isRaised && !unread.isSet
      if isWhole { try writer.finish() } else { writer.abandon() }
    } catch {
      throw TrainingError(
        .recording, error.message, remedy: "the spikes of this part were not recorded",
        location: error.file ?? path)
    }
    try unread.check()
    return isWhole
  }

  private func write(
    _ data: some LabelledSamples, _ samples: [Int], _ threads: Int, _ writer: TraceWriter,
    _ stop: StopSignal, _ unread: SampleFailure, _ progress: () -> Void
  ) throws(TraceError) {
    let plan = network.plan
    let extent = OutputExtent(plan)
    let workspaces = (0..<max(1, threads)).map { _ in NetworkWorkspace(plan, keepsSpikes: false) }
    let failure = Mutex<TraceError?>(nil)
    let parameters = PackedParameters(network)
    ParallelTasks.run(samples.count, threads: threads) { task, worker in
      guard !stop.isRaised, !unread.isSet, failure.withLock({ $0 == nil }) else { return }
      let sample = samples[task]
      let workspace = workspaces[worker]
      let isRead = unread.catching(task) { () throws(DatasetError) in
        let input = try encoder.input(
          data, sample: sample, timeSteps: plan.timeSteps, seed: seed)
        plan.copy(input, into: workspace)
      }
      guard isRead else { return }
      ForwardPass.run(plan, parameters: parameters, workspace: workspace)
      let record = SampleRecord(
        id: UInt64(sample), label: data.labels[sample],
        prediction: SpikeLoss.prediction(
          extent, spikes: workspace.input(ofLayer: plan.layers.count)),
        boundaries: (0...plan.layers.count).map { planes(plan, boundary: $0, workspace) })
      do throws(TraceError) {
        try writer.append(record, at: task)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
      progress()
    }
    if let error = failure.withLock({ $0 }) {
      writer.abandon()
      throw error
    }
  }

  private func planes(
    _ plan: NetworkPlan, boundary: Int, _ workspace: NetworkWorkspace
  ) -> SpikePlanes {
    let shape = boundary == 0 ? plan.input : plan.layers[boundary - 1].shape.output
    var planes = SpikePlanes(timeSteps: plan.timeSteps, neurons: shape.count)
    // A trace holds spikes, not values.
    if boundary == 0, !encoder.feedsSpikes { return planes }
    let stride = planes.wordsPerPlane
    let block = workspace.input(ofLayer: boundary)
    planes.withUnsafeMutableWords { words in
      for step in 0..<plan.timeSteps {
        let frame = block + step * shape.count
        for pixel in 0..<shape.pixels {
          for channel in 0..<shape.channels where frame[pixel * shape.channels + channel] != 0 {
            let neuron = channel * shape.pixels + pixel
            words[step * stride + neuron >> 6] |= 1 << UInt64(neuron & 63)
          }
        }
      }
    }
    return planes
  }

  private func header(_ data: some LabelledSamples, split: String) -> TraceHeader {
    TraceHeader(
      network.description, shapes: network.plan.layers.map(\.shape),
      coding: encoder.feedsSpikes ? .rate : .direct,
      dataSet: DataSetDescription(name: data.name, split: split, classes: data.classes),
      hyperparameters: hyperparameters, seed: seed)
  }
}
