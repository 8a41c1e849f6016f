import Foundation

/// A loss on the spikes of the output layer, as snnTorch 1.0.0 (`snntorch.functional`) defines it.
///
/// With population coding the spikes of a class's neurons are summed first; the neurons of class 0
/// come first, then those of class 1, and so on.
public enum SpikeLoss: Hashable, Codable, Sendable {
  /// Cross-entropy of the softmax of the spike counts (`ce_count_loss`), mean over the batch.
  case countCrossEntropy
  /// Cross-entropy of the softmax of the spikes of each step (`ce_rate_loss`), mean over batch and
  /// steps.
  case rateCrossEntropy
  /// Squared distance of the spike counts from targets (`mse_count_loss`), mean over batch and
  /// classes, divided by the number of steps. The targets are the whole parts of steps x neurons of
  /// a class x `correctRate` for the label and x `incorrectRate` for the others.
  case countMeanSquaredError(correctRate: Float, incorrectRate: Float)

  /// The loss as logs and traces name it.
  public var name: String {
    switch self {
    case .countCrossEntropy: "count-cross-entropy"
    case .rateCrossEntropy: "rate-cross-entropy"
    case .countMeanSquaredError(let correct, let incorrect):
      "count-mse correct=\(correct) incorrect=\(incorrect)"
    }
  }
}

/// The output layer's extents, as a loss sees them.
struct OutputExtent: Sendable {
  var timeSteps: Int
  var classes: Int
  /// Neurons of a class.
  var population: Int

  var neurons: Int { classes * population }
}

extension SpikeLoss {
  /// One sample's share of the batch's loss, and its gradient.
  ///
  /// Spikes and gradient are `[time step][neuron]`; the loss is a mean over `batchSize` samples; the
  /// gradient is nil if only the loss is wanted.
  func evaluate(
    _ extent: OutputExtent, spikes: UnsafePointer<Float>, label: Int, batchSize: Int,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    switch self {
    case .countCrossEntropy:
      let counts = Self.classSums(extent, spikes: spikes, steps: 0..<extent.timeSteps)
      let (loss, slopes) = Self.crossEntropy(counts, label: label)
      let scale = 1 / Double(batchSize)
      Self.spread(slopes, scale, extent, steps: 0..<extent.timeSteps, to: gradient)
      return loss * scale
    case .rateCrossEntropy:
      let scale = 1 / (Double(batchSize) * Double(extent.timeSteps))
      var total = 0.0
      for step in 0..<extent.timeSteps {
        let sums = Self.classSums(extent, spikes: spikes, steps: step..<(step + 1))
        let (loss, slopes) = Self.crossEntropy(sums, label: label)
        Self.spread(slopes, scale, extent, steps: step..<(step + 1), to: gradient)
        total += loss
      }
      return total * scale
    case .countMeanSquaredError(let correctRate, let incorrectRate):
      let counts = Self.classSums(extent, spikes: spikes, steps: 0..<extent.timeSteps)
      let largest = Double(extent.timeSteps * extent.population)
      let correct = Self.wholePart(largest, correctRate)
      let incorrect = Self.wholePart(largest, incorrectRate)
      let distances = counts.enumerated().map { $1 - ($0 == label ? correct : incorrect) }
      let scale = 1 / (Double(batchSize) * Double(extent.classes) * Double(extent.timeSteps))
      Self.spread(
        distances.map { 2 * $0 }, scale, extent, steps: 0..<extent.timeSteps, to: gradient)
      return distances.reduce(0) { $0 + $1 * $1 } * scale
    }
  }

  /// The class with the largest count, the first of them if several have it.
  static func prediction(_ extent: OutputExtent, spikes: UnsafePointer<Float>) -> Int {
    let counts = classSums(extent, spikes: spikes, steps: 0..<extent.timeSteps)
    var best = 0
    for label in counts.indices where counts[label] > counts[best] { best = label }
    return best
  }

  private static func classSums(
    _ extent: OutputExtent, spikes: UnsafePointer<Float>, steps: Range<Int>
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: extent.classes)
    for step in steps {
      let row = spikes + step * extent.neurons
      for neuron in 0..<extent.neurons { sums[neuron / extent.population] += Double(row[neuron]) }
    }
    return sums
  }

  private static func crossEntropy(
    _ logits: [Double], label: Int
  ) -> (loss: Double, slopes: [Double]) {
    let largest = logits.max() ?? 0
    let exponentials = logits.map { exp($0 - largest) }
    let sum = exponentials.reduce(0, +)
    var slopes = exponentials.map { $0 / sum }
    slopes[label] -= 1
    return (log(sum) - (logits[label] - largest), slopes)
  }

  private static func spread(
    _ slopes: [Double], _ scale: Double, _ extent: OutputExtent, steps: Range<Int>,
    to gradient: UnsafeMutablePointer<Float>?
  ) {
    guard let gradient else { return }
    let values = slopes.map { Float($0 * scale) }
    for step in steps {
      let row = gradient + step * extent.neurons
      for neuron in 0..<extent.neurons { row[neuron] = values[neuron / extent.population] }
    }
  }

  /// ⌊largest x rate⌋ with the rate as the decimal that the user wrote, not as its binary neighbour.
  private static func wholePart(_ largest: Double, _ rate: Float) -> Double {
    (largest * (Double("\(rate)") ?? Double(rate))).rounded(.down)
  }
}
