import SpikingNetworks

/// How far a training has come, beside the parameters and the optimiser.
struct TrainingCourse: Codable {
  /// The epoch at hand, from 1; one more than there are when all are done.
  private(set) var epoch = 1
  /// Batches of the epoch that are learned.
  var batch = 0
  /// Sums over those.
  var results: EpochResults
  var best = BestEpoch()
  private(set) var summaries: [EpochSummary] = []
  var watch = LayerWatch()
  /// The loss of the first batch of all.
  var firstLoss: Double?

  init(layers: Int) { results = EpochResults(layers: layers) }

  /// Goes on to the next epoch.
  mutating func finish(_ summary: EpochSummary) {
    summaries.append(summary)
    epoch += 1
    batch = 0
    results = EpochResults(layers: results.layerSpikes.count)
  }

  /// Whether so many epochs went by without a better one that training ends.
  func isOutOfPatience(_ patience: Int?) -> Bool {
    guard let patience else { return false }
    return epoch - 1 - best.epoch >= patience && epoch > 1
  }

  /// Whether a training of these settings can be here.
  func fits(_ plan: NetworkPlan, _ settings: TrainingSettings) -> Bool {
    epoch >= 1 && epoch <= settings.epochs + 1 && batch >= 0 && summaries.count == epoch - 1
      && results.fits(layers: plan.layers.count) && best.epoch >= 0 && best.epoch < epoch
  }
}
