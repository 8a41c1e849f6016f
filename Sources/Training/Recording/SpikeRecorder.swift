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
  ///   cannot be read, `recording` if the trace cannot be written, `noMemory` if there is none for all
  ///   threads; nothing is left under its name then.
  @discardableResult
  public func record(
    _ data: some LabelledSamples, samples: [Int], split: String, to path: String, threads: Int,
    stop: StopSignal = StopSignal(), progress: () -> Void = {}
  ) throws(TrainingError) -> Bool {
    try network.description.checkFit(data, encoder)
    let header = try header(data, split: split)
    let together = samplesTogether(of: samples.count, threads: threads)
    let parameters: PackedParameters
    let workspaces: [NetworkWorkspace]
    do {
      parameters = try PackedParameters(network)
      workspaces = try NetworkWorkspace.forInference(
        network.plan, samples: together, threads: min(threads, samples.count))
    } catch {
      throw TrainingError(error, to: "record", network.plan, threads: threads)
    }
    let unread = SampleFailure()
    let isWhole: Bool
    do {
      let writer = try TraceWriter(path: path, header: header, overwrite: true)
      try write(data, samples, parameters, workspaces, writer, stop, unread, progress)
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

  /// Samples of a worker's run: as many as the kernels like, as long as all threads have work.
  ///
  /// Where the weights of every layer fit a core's cache, one: more would gain nothing and take
  /// fresh memory at every recording, which costs more than the samples of a small network.
  private func samplesTogether(of count: Int, threads: Int) -> Int {
    let weights = network.plan.layers.map { $0.geometry.weightCount }.max() ?? 0
    guard weights > Self.cachedWeights else { return 1 }
    return max(1, min(network.plan.samplesTogether, count / max(1, threads)))
  }

  /// 512 KiB, what today's cores have for themselves at least.
  private static let cachedWeights = 1 << 17

  private func write(
    _ data: some LabelledSamples, _ samples: [Int], _ parameters: PackedParameters,
    _ workspaces: [NetworkWorkspace], _ writer: TraceWriter, _ stop: StopSignal,
    _ unread: SampleFailure, _ progress: () -> Void
  ) throws(TraceError) {
    let plan = network.plan
    let extent = OutputExtent(plan)
    let readsSpikes = encoder.feeds(data.kind) != .values
    let failure = Mutex<TraceError?>(nil)
    let together = workspaces.first?.samples ?? 1
    ParallelTasks.run(
      (samples.count + together - 1) / together, threads: workspaces.count
    ) { group, worker in
      func isEnded() -> Bool {
        stop.isRaised || unread.isSet || failure.withLock { $0 != nil }
      }
      guard !isEnded() else { return }
      let workspace = workspaces[worker]
      let tasks = (group * together)..<min((group + 1) * together, samples.count)
      for (slot, task) in tasks.enumerated() {
        let isRead = unread.catching(task) { () throws(DatasetError) in
          let input = try encoder.input(
            data, sample: samples[task], timeSteps: plan.timeSteps, seed: seed)
          plan.copy(input, into: WorkspaceSlot(workspace: workspace, index: slot))
        }
        guard isRead else { return }
      }
      ForwardPass.run(plan, parameters: parameters, workspace: workspace, samples: tasks.count)
      for (slot, task) in tasks.enumerated() {
        guard !isEnded() else { return }
        let record = SampleRecord(
          samples[task], label: data.labels[samples[task]], plan: plan, extent: extent,
          slot: WorkspaceSlot(workspace: workspace, index: slot), readsSpikes: readsSpikes)
        do throws(TraceError) {
          try writer.append(record, at: task)
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
        progress()
      }
    }
    if let error = failure.withLock({ $0 }) {
      writer.abandon()
      throw error
    }
  }

  /// The header of a trace of some part of a data set.
  ///
  /// - Throws: ``TrainingError`` (`recording`) if what a layer hands on is not spikes.
  public func header(
    _ data: some LabelledSamples, split: String
  ) throws(TrainingError) -> TraceHeader {
    try network.plan.checkRecordable()
    return TraceHeader(
      network.description, shapes: network.plan.layers.map(\.shape),
      coding: InputCoding(encoder.feeds(data.kind)),
      dataSet: DataSetDescription(name: data.name, split: split, classes: data.classes),
      hyperparameters: hyperparameters, seed: seed)
  }
}
