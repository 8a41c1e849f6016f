import SpikingNetworks

/// Runs batches through a trained network, in memory allocated once.
///
/// ```swift
/// let inference = BatchInference(network, threads: 2)
/// let counts = try inference.outputSpikeCounts(of: samples)
/// ```
///
/// Not for use by two threads at a time.
public final class BatchInference {
  private let network: SpikingNetwork
  private let threads: Int
  private let parameters: PackedParameters
  private let workspaces: [NetworkWorkspace]

  /// Creates a runner.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - threads: how many threads to use; the result is the same for any number.
  public init(_ network: SpikingNetwork, threads: Int) {
    self.network = network
    self.threads = max(1, threads)
    parameters = PackedParameters(network)
    let plan = network.plan
    workspaces = (0..<self.threads).map { _ in
      NetworkWorkspace(plan, samples: plan.samplesTogether) { _ in .output }
    }
  }

  /// How many spikes each output neuron emits over all time steps.
  ///
  /// - Parameter inputs: one array a sample: `[time step][channel][row][column]`.
  /// - Returns: `[sample][output neuron]`.
  /// - Throws: ``TrainingError`` (`mismatch`) if an input does not fit the network.
  public func outputSpikeCounts(of inputs: [[Float]]) throws(TrainingError) -> [[Int]] {
    try network.check(inputs, labels: [Int](repeating: 0, count: inputs.count))
    let plan = network.plan
    let (outputs, together) = (plan.outputCount, plan.samplesTogether)
    var counts = [Int](repeating: 0, count: inputs.count * outputs)
    counts.withUnsafeMutableBufferPointer { counts in
      ParallelTasks.run((inputs.count + together - 1) / together, threads: threads) {
        group, worker in
        let samples = (group * together)..<min((group + 1) * together, inputs.count)
        let workspace = workspaces[worker]
        for (slot, sample) in samples.enumerated() {
          plan.copy(inputs[sample], into: WorkspaceSlot(workspace: workspace, index: slot))
        }
        ForwardPass.run(
          plan, parameters: parameters, workspace: workspace, samples: samples.count)
        for (slot, sample) in samples.enumerated() {
          let spikes = workspace.input(ofLayer: plan.layers.count, slot: slot)
          for index in 0..<(plan.timeSteps * outputs) where spikes[index] != 0 {
            counts[sample * outputs + index % outputs] += 1
          }
        }
      }
    }
    return inputs.indices.map { Array(counts[($0 * outputs)..<(($0 + 1) * outputs)]) }
  }
}
