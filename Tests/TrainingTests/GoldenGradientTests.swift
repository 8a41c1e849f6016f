import SpikingNetworks
import TestSupport
import Testing
import Training

/// Spikes, membranes, losses and gradients against snnTorch 1.0.0.
///
/// Spikes must be equal; everything else to 1e-5 of max(1, the largest reference value), where
/// snnTorch's own float32 noise is up to 6e-6.
@Suite struct GoldenGradientTests {
  static let tolerance: Float = 1e-5

  /// The crossed files, with the number of their forward passes and gradients.
  static let suites = [
    ("fc_leaky_full", 27, 1053), ("conv_lifpool_leaky", 27, 91), ("conv_poollif_leaky", 9, 55),
    ("fc_lapicque", 24, 72), ("fc_synaptic", 24, 72),
  ]

  @Test(
    "111 forward passes and 1,343 gradients of snnTorch; 84 gradients where snnTorch overflows",
    arguments: suites)
  func matchesReference(name: String, forwards: Int, gradients: Int) throws {
    let suite = try GoldenSuite(name)
    #expect(suite.index.cases.count == forwards)
    #expect(suite.index.cases.map(\.grads.count).reduce(0, +) == gradients)
    for forward in suite.index.cases {
      let network = try suite.network(forward)
      try checkForward(network, forward, suite)
      for gradient in forward.grads { try checkGradient(network, gradient, suite) }
    }
  }

  private func checkForward(
    _ network: SpikingNetwork, _ forward: GoldenSuite.Forward, _ suite: GoldenSuite
  ) throws {
    for layer in 0..<2 {
      let spikes = try GoldenSuite.perSample(
        suite.archive.array("\(forward.forward).spk\(layer + 1)"))
      let membranes = try GoldenSuite.perSample(
        suite.archive.array("\(forward.forward).mem\(layer + 1)"))
      for sample in suite.inputs.indices {
        let activity = try network.activity(of: suite.inputs[sample]).layers[layer]
        #expect(activity.spikes == spikes[sample], "\(forward.forward) layer \(layer)")
        #expect(
          relativeDifference(activity.membranes, membranes[sample]) <= Self.tolerance,
          "\(forward.forward) layer \(layer)")
      }
    }
  }

  private func checkGradient(
    _ network: SpikingNetwork, _ gradient: GoldenSuite.Gradient, _ suite: GoldenSuite
  ) throws {
    let ours = try network.gradients(
      inputs: suite.inputs, labels: suite.labels, loss: suite.loss(gradient),
      surrogate: suite.surrogate(gradient))
    let loss = try suite.archive.array("\(gradient.key).loss").values
    #expect(relativeDifference([ours.loss], loss) <= Self.tolerance, "\(gradient.key).loss")
    for (tensor, key) in zip(ours.weights.tensors, ["gW1", "gb1", "gW2", "gb2"]) {
      let reference = try suite.archive.array("\(gradient.key).\(key)").values
      expectClose(tensor.values, reference, gradient, key)
    }
    let reference = try GoldenSuite.perSample(suite.archive.array("\(gradient.key).gx"))
    expectClose(ours.inputs.flatMap(\.self), reference.flatMap(\.self), gradient, "gx")
  }

  private func expectClose(
    _ ours: [Float], _ reference: [Float], _ gradient: GoldenSuite.Gradient, _ tensor: String
  ) {
    let place = "\(gradient.key).\(tensor)"
    if gradient.key.contains("sigmoid_25"), !gradient.key.contains("fast"),
      reference.contains(where: { $0.isNaN })
    {
      // snnTorch's form of this derivative overflows; ours must not.
      #expect(!ours.contains { !$0.isFinite }, "\(place)")
    } else {
      #expect(relativeDifference(ours, reference) <= Self.tolerance, "\(place)")
    }
  }
}
