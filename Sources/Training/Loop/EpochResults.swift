/// The sums of an epoch.
struct EpochResults {
  private(set) var samples = 0
  private(set) var layerSpikes: [Int]
  var learningRate = 0.0
  private var lossSum = 0.0
  private var correct = 0

  init(layers: Int) {
    layerSpikes = [Int](repeating: 0, count: layers)
  }

  var meanLoss: Double { lossSum / Double(max(1, samples)) }
  var accuracy: Double { Double(correct) / Double(max(1, samples)) }

  mutating func add(_ outcome: GradientEngine.BatchOutcome, samples: Int) {
    self.samples += samples
    lossSum += outcome.loss * Double(samples)
    correct += outcome.correct
    for layer in layerSpikes.indices { layerSpikes[layer] += outcome.layerSpikes[layer] }
  }
}
