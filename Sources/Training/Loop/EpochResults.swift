/// The sums of an epoch.
struct EpochResults: Codable {
  private(set) var samples = 0
  private(set) var layerSpikes: [Int]
  private(set) var gradients: GradientDensity
  var learningRate = 0.0
  private var lossSum = 0.0
  private var correct = 0

  init(layers: Int) {
    layerSpikes = [Int](repeating: 0, count: layers)
    gradients = GradientDensity(layers: layers)
  }

  var meanLoss: Double { lossSum / Double(max(1, samples)) }
  var accuracy: Double { Double(correct) / Double(max(1, samples)) }

  mutating func add(_ outcome: GradientEngine.BatchOutcome, samples: Int) {
    self.samples += samples
    lossSum += outcome.loss * Double(samples)
    correct += outcome.correct
    gradients.add(outcome.gradients)
    for layer in layerSpikes.indices { layerSpikes[layer] += outcome.layerSpikes[layer] }
  }

  /// Whether there is a number for each of so many layers.
  func fits(layers: Int) -> Bool {
    layerSpikes.count == layers && gradients.layers == layers && samples >= 0
  }
}
