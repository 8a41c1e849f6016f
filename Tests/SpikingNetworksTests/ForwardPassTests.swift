import SeededRandom
import SpikingNetworks
import Testing

/// The run of a whole network against a step-by-step reference in channels-first order.
@Suite struct ForwardPassTests {
  @Test(arguments: ["P2", "MP2", ""], ["3", "3s"])
  func equalsTheStepByStepReference(pooling: String, kernel: String) throws {
    let notation = ["6C\(kernel)", pooling, "7"].filter { !$0.isEmpty }.joined(separator: "-")
    let neuron = NeuronParameters.leaky(beta: 0.7, threshold: 0.6)
    let description = NetworkDescription(
      name: "reference", input: FeatureShape(channels: 2, height: 7, width: 6), timeSteps: 5,
      layers: try NetworkNotation.layers(notation, neuron: neuron), classes: 7)
    let weights = try description.initialWeights(seed: 3, gain: 3)
    let network = try SpikingNetwork(description, weights: weights)
    var stream = RandomStream(seed: 4)
    let size = description.input.count
    let input = (0..<(5 * size)).map { _ in stream.nextUnit() < 0.4 ? Float(1) : 0 }
    let activity = try network.activity(of: input)

    let shapes = try description.resolvedShapes()
    var frames = (0..<5).map { Array(input[($0 * size)..<(($0 + 1) * size)]) }
    for (index, layer) in description.layers.enumerated() {
      let shape = shapes[index]
      let weight = try #require(weights["\(layer.name).weight"]).values
      let bias = try #require(weights["\(layer.name).bias"]).values
      var membrane = [Float](repeating: 0, count: shape.neurons.count)
      for step in 0..<5 {
        var current = linear(layer, shape, weight, bias, frames[step])
        if layer.pooling?.position == .beforeNeuron {
          current = pooled(current, shape.convolved, shape.output)
        }
        membrane = zip(membrane, current).map { before, current in
          0.7 * before + current - (before > 0.6 ? 0.6 : 0)
        }
        let spikes = membrane.map { $0 > 0.6 ? Float(1) : 0 }
        let place = (step * spikes.count)..<((step + 1) * spikes.count)
        // A membrane within rounding of the threshold may fall on either side.
        for (neuron, position) in place.enumerated() where abs(membrane[neuron] - 0.6) > 1e-4 {
          #expect(activity.layers[index].spikes[position] == spikes[neuron])
          #expect(abs(activity.layers[index].membranes[position] - membrane[neuron]) < 1e-4)
        }
        frames[step] =
          layer.pooling?.position == .afterNeuron
          ? pooled(spikes, shape.convolved, shape.output) : spikes
        let outputs = (step * frames[step].count)..<((step + 1) * frames[step].count)
        #expect(Array(activity.layers[index].output[outputs]) == frames[step])
      }
    }
    #expect(activity.layers.allSatisfy { $0.spikes.contains(1) })
  }

  private func linear(
    _ layer: LayerDescription, _ shape: ResolvedLayerShape, _ weight: [Float], _ bias: [Float],
    _ input: [Float]
  ) -> [Float] {
    guard case .convolution(_, let kernel, _, let padding) = layer.operation else {
      return bias.indices.map { neuron in
        bias[neuron]
          + input.indices.reduce(0) { $0 + weight[neuron * input.count + $1] * input[$1] }
      }
    }
    var output: [Float] = []
    for channel in 0..<shape.convolved.channels {
      for row in 0..<shape.convolved.height {
        for column in 0..<shape.convolved.width {
          var sum = bias[channel]
          for from in 0..<shape.input.channels {
            for kernelRow in 0..<kernel {
              for kernelColumn in 0..<kernel {
                let (y, x) = (row + kernelRow - padding, column + kernelColumn - padding)
                guard 0..<shape.input.height ~= y, 0..<shape.input.width ~= x else { continue }
                let tap = ((channel * shape.input.channels + from) * kernel + kernelRow) * kernel
                sum +=
                  weight[tap + kernelColumn]
                  * input[(from * shape.input.height + y) * shape.input.width + x]
              }
            }
          }
          output.append(sum)
        }
      }
    }
    return output
  }

  private func pooled(
    _ frame: [Float], _ input: FeatureShape, _ output: FeatureShape
  ) -> [Float] {
    (0..<output.count).map { place in
      let (channel, pixel) = (place / output.pixels, place % output.pixels)
      let (row, column) = (pixel / output.width, pixel % output.width)
      return (0..<4).map { offset in
        frame[
          (channel * input.height + 2 * row + offset / 2) * input.width + 2 * column + offset % 2]
      }.max() ?? 0
    }
  }
}
