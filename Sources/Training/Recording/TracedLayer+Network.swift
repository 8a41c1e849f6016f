import Datasets
import SpikeTraces
import SpikingNetworks

extension LayerShape {
  /// A network's shape as traces write it.
  init(_ shape: FeatureShape) {
    self.init(channels: shape.channels, height: shape.height, width: shape.width)
  }
}

extension InputCoding {
  /// What an encoder feeds as traces name it; values of any kind are `direct`, without spikes.
  init(_ input: FedInput) {
    self =
      switch input {
      case .values: .direct
      case .rateSpikes: .rate
      case .latencySpikes: .latency
      case .eventSpikes: .events
      }
  }
}

extension TracedLayer {
  /// A network's layer as traces describe it.
  init(_ layer: LayerDescription, shape: ResolvedLayerShape) {
    let operation: LayerOperation =
      switch layer.operation {
      case .fullyConnected: .fullyConnected
      case .convolution(_, let kernel, let stride, let padding):
        .convolution(
          kernel: kernel, stride: stride, padding: padding,
          convolved: LayerShape(shape.convolved), pooling: layer.pooling?.size ?? 1,
          poolingPosition: layer.pooling?.position == .beforeNeuron ? .beforeNeuron : .afterNeuron)
      }
    self.init(
      name: layer.name, operation: operation,
      neuron: NeuronDescription(
        model: layer.neuron.model.name, beta: layer.neuron.model.decay,
        threshold: layer.neuron.threshold, reset: layer.neuron.reset.rawValue),
      output: LayerShape(shape.output))
  }
}
