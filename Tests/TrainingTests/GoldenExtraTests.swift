import Foundation
import SpikingNetworks
import TestSupport
import Testing
import Training

/// The single cases of snnTorch 1.0.0: learned constants, immediate resets, losses on membranes, and
/// one case written out for readers.
@Suite struct GoldenExtraTests {
  /// What the file tells about a case; only learned cases have the gradients.
  struct Case: Decodable {
    var beta: Float
    var theta: Float
    var lossValue: Float
    var beta1: Float?
    var theta1: Float?
    var beta2: Float?
    var theta2: Float?

    enum CodingKeys: String, CodingKey {
      case beta, theta
      case lossValue = "loss_value"
      case beta1 = "g_beta1"
      case theta1 = "g_theta1"
      case beta2 = "g_beta2"
      case theta2 = "g_theta2"
    }
  }

  static let learned: [(String, NeuronParameters.Reset)] = [
    ("learn_subtract", .subtract), ("learn_zero", .zero), ("learn_none", .none),
  ]
  static let immediate: [(String, NeuronParameters.Reset)] = [
    ("nodelay_subtract", .subtract), ("nodelay_zero", .zero),
  ]
  static let membranes: [(String, SpikeLoss)] = [
    ("ce_max_membrane", .largestMembraneCrossEntropy),
    ("mse_membrane", .membraneMeanSquaredError(correctTarget: 1.2, incorrectTarget: 0.1)),
  ]

  private let suite: GoldenSuite

  init() throws {
    suite = try GoldenSuite.extra()
  }

  private func values(_ key: String) throws -> Case {
    let json = try JSONSerialization.jsonObject(with: Fixture.data("extra.json.zst"))
    let entry = try #require((json as? [String: Any])?[key])
    return try JSONDecoder().decode(
      Case.self, from: JSONSerialization.data(withJSONObject: entry))
  }

  @Test("learned beta and theta", arguments: learned)
  func learnedConstants(key: String, reset: NeuronParameters.Reset) throws {
    let expected = try values(key)
    let network = try suite.network(
      NeuronParameters(
        model: .leaky(beta: expected.beta), threshold: expected.theta, reset: reset,
        learnsDecay: true, learnsThreshold: true))
    try checkActivity(network, key, parts: ["spk"])
    let ours = try network.gradients(
      inputs: suite.inputs, labels: suite.labels, loss: .countCrossEntropy,
      surrogate: .arctangent(alpha: 2))
    #expect(relativeDifference([ours.loss], [expected.lossValue]) <= 1e-5)
    try checkGradients(ours, key, ["first.weight": "gW1"])
    let constants = ours.decays + ours.thresholds
    for (value, reference) in zip(
      constants, [expected.beta1, expected.beta2, expected.theta1, expected.theta2])
    {
      #expect(try relativeDifference([#require(value)], [#require(reference)]) <= 1e-5, "\(key)")
    }
  }

  @Test("immediate reset", arguments: immediate)
  func immediateReset(key: String, reset: NeuronParameters.Reset) throws {
    let expected = try values(key)
    let network = try suite.network(
      NeuronParameters(
        model: .leaky(beta: expected.beta), threshold: expected.theta, reset: reset,
        resetTiming: .immediate, resetCarriesGradient: true))
    try checkActivity(network, key, parts: ["spk", "mem"])
    let ours = try network.gradients(
      inputs: suite.inputs, labels: suite.labels, loss: .countCrossEntropy,
      surrogate: .arctangent(alpha: 2))
    #expect(relativeDifference([ours.loss], [expected.lossValue]) <= 1e-5)
    try checkGradients(ours, key, ["first.weight": "gW1", "second.weight": "gW2"])
  }

  @Test("losses on membranes", arguments: membranes)
  func membraneLosses(key: String, loss: SpikeLoss) throws {
    let expected = try values(key)
    let network = try suite.network(.leaky(beta: expected.beta, threshold: expected.theta))
    let reference = try GoldenSuite.perSample(suite.archive.array("\(key).mem2"))
    for (sample, input) in suite.inputs.enumerated() {
      let membranes = try network.activity(of: input).layers[1].membranes
      #expect(relativeDifference(membranes, reference[sample]) <= 1e-5)
    }
    let ours = try network.gradients(
      inputs: suite.inputs, labels: suite.labels, loss: loss,
      surrogate: .fastSigmoid(slope: 25))
    #expect(relativeDifference([ours.loss], [expected.lossValue]) <= 1e-5)
    try checkGradients(
      ours, key,
      [
        "first.weight": "gW1", "first.bias": "gb1", "second.weight": "gW2", "second.bias": "gb2",
      ])
  }

  private func checkActivity(_ network: SpikingNetwork, _ key: String, parts: [String]) throws {
    for layer in 0..<2 {
      for part in parts {
        let reference = try GoldenSuite.perSample(
          suite.archive.array("\(key).\(part)\(layer + 1)"))
        for (sample, input) in suite.inputs.enumerated() {
          let activity = try network.activity(of: input).layers[layer]
          if part == "spk" {
            #expect(activity.spikes == reference[sample], "\(key) layer \(layer)")
          } else {
            #expect(
              relativeDifference(activity.membranes, reference[sample]) <= 1e-5,
              "\(key) layer \(layer)")
          }
        }
      }
    }
  }

  private func checkGradients(
    _ ours: BatchGradients, _ key: String, _ names: [String: String]
  ) throws {
    for (tensor, name) in names {
      let reference = try suite.archive.array("\(key).\(name)").values
      let values = try #require(ours.weights[tensor]).values
      #expect(relativeDifference(values, reference) <= 1e-5, "\(key).\(name)")
    }
  }
}
