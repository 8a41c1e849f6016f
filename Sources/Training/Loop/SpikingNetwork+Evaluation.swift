import Datasets
import SpikeTraces
import SpikingKernels
import SpikingNetworks

extension SpikingNetwork {
  /// Runs samples and counts.
  ///
  /// A sample's input spikes depend on the seed and the sample alone: they are the spikes that
  /// ``SpikeRecorder`` records.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - samples: indices into the data.
  ///   - encoder: how samples become input.
  ///   - loss: the loss to report.
  ///   - seed: of the input spikes.
  ///   - spikes: hard, or smooth as the surrogate's integral.
  ///   - surrogate: whose integral smooth spikes are; hard spikes need none.
  ///   - observer: looks at the spikes of the first samples; hard ones only.
  ///   - threads: how many threads to use; the result is the same for any number.
  /// - Returns: accuracy, loss and firing rates.
  /// - Throws: ``TrainingError`` (`mismatch`) if the samples or the loss do not fit the network, or the
  ///   spikes the surrogate; `data` if a sample cannot be read; `noMemory` if there is none for all
  ///   threads.
  public func evaluate(
    _ data: some LabelledSamples, samples: [Int], encoder: InputEncoder, loss: SpikeLoss,
    seed: UInt64, spikes: SpikeForm = .hard, surrogate: Surrogate = .straightThrough,
    observer: SampleObserver? = nil, threads: Int
  ) throws(TrainingError) -> Evaluation {
    try description.checkFit(data, encoder)
    try loss.check(plan)
    let plan = try spikes.applied(to: plan, surrogate: surrogate)
    let extent = OutputExtent(plan)
    let layers = plan.layers.count
    let packed: PackedParameters
    let workspaces: [NetworkWorkspace]
    do {
      packed = try PackedParameters(self)
      workspaces = try NetworkWorkspace.forInference(plan, threads: min(threads, samples.count))
    } catch {
      throw TrainingError(error, to: "run", plan, threads: threads)
    }
    var losses = [Double](repeating: 0, count: samples.count)
    var hits = [Bool](repeating: false, count: samples.count)
    var spikes = [Int](repeating: 0, count: samples.count * layers)
    var operations = spikes
    let reaches = plan.layers.map { SynapticReach($0.geometry, timeSteps: plan.timeSteps) }
    let failure = SampleFailure()
    losses.withUnsafeMutableBufferPointer { losses in
      hits.withUnsafeMutableBufferPointer { hits in
        withUnsafeMutableBuffers(&spikes, &operations) { spikes, operations in
          ParallelTasks.run(samples.count, threads: threads) { task, worker in
            let workspace = workspaces[worker]
            let isRead = failure.catching(task) { () throws(DatasetError) in
              let input = try encoder.input(
                data, sample: samples[task], timeSteps: plan.timeSteps, seed: seed)
              plan.copy(input, into: workspace)
            }
            guard isRead else { return }
            ForwardPass.run(plan, parameters: packed, workspace: workspace)
            let output = OutputActivity(plan, workspace)
            let label = data.labels[samples[task]]
            losses[task] = loss.evaluate(
              extent, output, label: label, batchSize: 1, gradient: nil)
            hits[task] = SpikeLoss.prediction(extent, spikes: output.spikes) == label
            for index in plan.layers.indices {
              spikes[task * layers + index] = workspace.spikeCounts[index]
              operations[task * layers + index] = reaches[index].operations(
                workspace.input(ofLayer: index))
            }
            if let observer, task < observer.samples {
              observer.observe(
                task,
                SampleRecord(
                  samples[task], label: label, plan: plan, extent: extent,
                  slot: WorkspaceSlot(workspace: workspace, index: 0),
                  readsSpikes: encoder.feeds(data.kind) != .values))
            }
          }
        }
      }
    }
    try failure.check()
    func totals(_ counts: [Int]) -> [Int] {
      (0..<layers).map { layer in
        samples.indices.reduce(0) { $0 + counts[$1 * layers + layer] }
      }
    }
    return Evaluation(
      samples: samples.count, correct: hits.count { $0 },
      loss: losses.reduce(0, +) / Double(max(1, samples.count)),
      firingRates: plan.firingRates(totals(spikes), samples: samples.count),
      synapticOperations: totals(operations).map { Double($0) / Double(max(1, samples.count)) })
  }
}

/// Two buffers at a time.
private func withUnsafeMutableBuffers<Element>(
  _ first: inout [Element], _ second: inout [Element],
  _ body: (UnsafeMutableBufferPointer<Element>, UnsafeMutableBufferPointer<Element>) -> Void
) {
  first.withUnsafeMutableBufferPointer { first in
    second.withUnsafeMutableBufferPointer { second in body(first, second) }
  }
}
