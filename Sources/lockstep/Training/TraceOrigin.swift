import SpikingNetworks
import Training

/// Everything that made the networks of a training, as models and traces keep it.
struct TraceOrigin {
  /// One network on its way.
  struct Network {
    let network: SpikingNetwork
    /// Names and values for headers.
    let hyperparameters: [String: String]

    init(_ run: TrainRun, _ network: SpikingNetwork, _ summary: EpochSummary?) {
      self.network = network
      var values = run.plan.settings.summary
      values["network"] = NetworkNotation.text(network.description.layers)
      values["weightsFingerprint"] = network.fingerprint
      let data = run.dataIdentity
      values["data"] = data.name
      values["dataFingerprint"] = data.fingerprint
      values["trainingSamples"] = "\(run.plan.parts.training.count)"
      values["validationSamples"] = "\(run.plan.parts.validation.count)"
      if let summary {
        values["epoch"] = "\(summary.epoch)"
        values["trainingLoss"] = "\(summary.loss)"
        values["trainingAccuracy"] = "\(summary.trainingAccuracy)"
        values["validationLoss"] = "\(summary.validationLoss)"
        values["validationAccuracy"] = "\(summary.validationAccuracy)"
      }
      hyperparameters = values
    }

    /// Records this network.
    func recorder(_ run: TrainRun) -> SpikeRecorder {
      SpikeRecorder(
        network, encoder: run.plan.settings.encoder, seed: run.plan.settings.seed,
        hyperparameters: hyperparameters)
    }
  }

  /// The network of the best epoch.
  let best: Network
  /// The network of the last epoch, if training came to its end.
  let last: Network?

  init(_ run: TrainRun, result: TrainingResult) {
    best = Network(
      run, result.network, result.epochs.first { $0.epoch == result.bestEpoch })
    last = result.lastNetwork.map { Network(run, $0, result.epochs.last) }
  }
}
