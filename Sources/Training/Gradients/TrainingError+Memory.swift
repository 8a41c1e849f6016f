import SpikingKernels
import SpikingNetworks

extension TrainingError {
  /// A shortage of memory as the user of some work meets it.
  ///
  /// - Parameters:
  ///   - shortage: what the system refused.
  ///   - work: what the memory is for: `train`.
  ///   - plan: the network that runs.
  ///   - threads: the workers, each with memory of its own.
  ///   - batch: the samples of a batch, where each may need memory of its own.
  init(
    _ shortage: MemoryShortage, to work: String, _ plan: NetworkPlan, threads: Int,
    batch: Int? = nil
  ) {
    var extents = ["\(plan.timeSteps) time steps"]
    var remedies = ["fewer time steps than \(plan.timeSteps)"]
    if let batch, batch > 1, plan.layers.contains(where: { $0.normalisation != nil }) {
      extents.append("a batch of \(batch)")
      remedies.append("a smaller batch than \(batch)")
    } else if threads > 1 {
      extents.append("\(threads) threads")
      remedies.append("fewer threads than \(threads)")
    }
    self.init(
      .noMemory,
      "there is no memory to \(work) this network with \(extents.joined(separator: " and ")): the"
        + " system refused \(shortage.amount)",
      remedy: "use \(remedies.joined(separator: ", ")) or smaller layers")
  }
}
