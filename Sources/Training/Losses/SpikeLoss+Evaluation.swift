import Foundation

extension SpikeLoss {
  /// One sample's share of the batch's loss, and its gradient.
  ///
  /// The loss is a mean over `batchSize` samples; the gradient is nil if only the loss is wanted.
  func evaluate(
    _ extent: OutputExtent, _ output: OutputActivity, label: Int, batchSize: Int,
    gradient: OutputGradient?
  ) -> Double {
    let steps = 0..<extent.timeSteps
    let batch = 1 / Double(batchSize)
    switch self {
    case .countCrossEntropy:
      let counts = Self.classSums(extent, output.spikes, steps)
      let (loss, slopes) = Self.crossEntropy(counts, label: label)
      Self.spread(slopes, batch, extent, steps, to: gradient)
      return loss * batch
    case .rateCrossEntropy:
      let scale = batch / Double(extent.timeSteps)
      var total = 0.0
      for step in steps {
        let sums = Self.classSums(extent, output.spikes, step..<(step + 1))
        let (loss, slopes) = Self.crossEntropy(sums, label: label)
        Self.spread(slopes, scale, extent, step..<(step + 1), to: gradient)
        total += loss
      }
      return total * scale
    case .countMeanSquaredError(let correctRate, let incorrectRate):
      let counts = Self.classSums(extent, output.spikes, steps)
      let largest = Double(extent.timeSteps * extent.population)
      let correct = Self.wholePart(largest, correctRate)
      let incorrect = Self.wholePart(largest, incorrectRate)
      let distances = counts.enumerated().map { $1 - ($0 == label ? correct : incorrect) }
      let scale = batch / (Double(extent.classes) * Double(extent.timeSteps))
      Self.spread(distances.map { 2 * $0 }, scale, extent, steps, to: gradient)
      return distances.reduce(0) { $0 + $1 * $1 } * scale
    case .largestMembraneCrossEntropy:
      return Self.largestMembrane(extent, output, label: label, scale: batch, gradient)
    case .membraneMeanSquaredError(let correct, let incorrect):
      let scale = batch / (Double(extent.classes) * Double(extent.timeSteps))
      var total = 0.0
      for index in 0..<(extent.timeSteps * extent.neurons) {
        let target = index % extent.neurons == label ? correct : incorrect
        let distance = Double(output.membranes[index]) - Double(target)
        total += distance * distance
        gradient?.spikes[index] = 0
        gradient?.membranes[index] = Float(2 * distance * scale)
      }
      return total * scale
    }
  }

  /// The class with the largest count, the first of them if several have it.
  static func prediction(_ extent: OutputExtent, spikes: UnsafePointer<Float>) -> Int {
    let counts = classSums(extent, spikes, 0..<extent.timeSteps)
    var best = 0
    for label in counts.indices where counts[label] > counts[best] { best = label }
    return best
  }

  private static func largestMembrane(
    _ extent: OutputExtent, _ output: OutputActivity, label: Int, scale: Double,
    _ gradient: OutputGradient?
  ) -> Double {
    let neurons = extent.neurons
    // The first step with the largest membrane gets the gradient.
    let summits = (0..<neurons).map { neuron in
      (0..<extent.timeSteps).reduce(neuron) { best, step in
        let place = step * neurons + neuron
        return output.membranes[place] > output.membranes[best] ? place : best
      }
    }
    let (loss, slopes) = crossEntropy(summits.map { Double(output.membranes[$0]) }, label: label)
    if let gradient {
      gradient.spikes.update(repeating: 0, count: extent.timeSteps * neurons)
      gradient.membranes.update(repeating: 0, count: extent.timeSteps * neurons)
      for (place, slope) in zip(summits, slopes) {
        gradient.membranes[place] = Float(slope * scale)
      }
    }
    return loss * scale
  }

  private static func classSums(
    _ extent: OutputExtent, _ spikes: UnsafePointer<Float>, _ steps: Range<Int>
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
    _ slopes: [Double], _ scale: Double, _ extent: OutputExtent, _ steps: Range<Int>,
    to gradient: OutputGradient?
  ) {
    guard let gradient else { return }
    let values = slopes.map { Float($0 * scale) }
    for step in steps {
      let row = gradient.spikes + step * extent.neurons
      for neuron in 0..<extent.neurons { row[neuron] = values[neuron / extent.population] }
    }
  }

  /// ⌊largest x rate⌋ with the rate as the decimal that the user wrote, not as its binary neighbour.
  private static func wholePart(_ largest: Double, _ rate: Float) -> Double {
    (largest * (Double("\(rate)") ?? Double(rate))).rounded(.down)
  }
}
