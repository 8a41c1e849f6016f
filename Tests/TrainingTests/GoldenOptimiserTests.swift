import Foundation
import SpikingNetworks
import TestSupport
import Testing
import Training

/// Twelve steps of each optimiser against PyTorch: the loss before every step, then the weights.
///
/// Skipped: SAM with Adam, which comes with sharpness-aware training.
@Suite struct GoldenOptimiserTests {
  struct Trace: Decodable {
    struct Step: Decodable {
      var step: Int
      var lr: Double
      var loss: Float
    }
    var beta: Float
    var theta: Float
    var trace: [Step]
  }

  static let traces: [(String, OptimiserSettings, LearningRateSchedule)] = [
    ("opt_adam_cos", .adam(), .cosine), ("opt_adamw", .adamW(), .constant),
    ("opt_sgd_mom", .sgd(momentum: 0.9, weightDecay: 1e-3), .constant),
  ]

  @Test("Adam with cosine annealing, AdamW and SGD with momentum; SAM skipped", arguments: traces)
  func matchesPyTorch(
    key: String, settings: OptimiserSettings, schedule: LearningRateSchedule
  ) throws {
    let suite = try GoldenSuite.extra()
    let json = try JSONSerialization.jsonObject(with: Fixture.data("extra.json.zst"))
    let entry = try #require((json as? [String: Any])?[key])
    let trace = try JSONDecoder().decode(
      Trace.self, from: JSONSerialization.data(withJSONObject: entry))
    let start = try suite.network(.leaky(beta: trace.beta, threshold: trace.theta))
    var parameters = start.weights.tensors.flatMap(\.values)
    var optimiser = settings.makeOptimiser(parameterCount: parameters.count)
    for step in trace.trace {
      let rate = schedule.rate(
        initial: trace.trace[0].lr, step: step.step, steps: trace.trace.count)
      #expect(abs(rate - step.lr) < 1e-12)
      let network = try SpikingNetwork(
        start.description, weights: start.weights.replacing(parameters))
      let gradients = try network.gradients(
        inputs: suite.inputs, labels: suite.labels,
        loss: .countMeanSquaredError(correctRate: 0.8, incorrectRate: 0.2),
        surrogate: .fastSigmoid(slope: 25))
      #expect(relativeDifference([gradients.loss], [step.loss]) <= 1e-5, "step \(step.step)")
      optimiser.step(
        &parameters, gradient: gradients.weights.tensors.flatMap(\.values), learningRate: rate)
    }
    for (tensor, name) in zip(
      start.weights.replacing(parameters).tensors, ["W1", "b1", "W2", "b2"])
    {
      let reference = try suite.archive.array("\(key).\(name)").values
      #expect(relativeDifference(tensor.values, reference) <= 1e-5, "\(name)")
    }
  }
}

extension NetworkWeights {
  /// The same tensors with other values, in order.
  fileprivate func replacing(_ values: [Float]) -> NetworkWeights {
    var rest = values[...]
    return NetworkWeights(
      tensors: tensors.map { tensor in
        defer { rest = rest.dropFirst(tensor.values.count) }
        return NamedTensor(
          name: tensor.name, shape: tensor.shape, values: Array(rest.prefix(tensor.values.count)))
      })
  }
}
