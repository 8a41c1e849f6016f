import SpikingKernels

/// One layer as the kernels run it.
package struct LayerPlan: Sendable {
  package let name: String
  package let shape: ResolvedLayerShape
  package let geometry: ConnectionGeometry
  package let table: ConnectionTable
  package let dynamics: MembraneDynamics
  package let pooling: LayerDescription.Pooling.Position?
  package let window: MaxPoolWindow
  /// Where the layer's weights begin in the flat parameters; its biases follow them.
  package let weightOffset: Int

  package var biasOffset: Int { weightOffset + geometry.weightCount }
  package var parameterEnd: Int { biasOffset + geometry.outputChannels }

  init(_ layer: LayerDescription, shape: ResolvedLayerShape, weightOffset: Int) {
    name = layer.name
    self.shape = shape
    self.weightOffset = weightOffset
    dynamics = layer.neuron.dynamics
    let input = shape.input
    switch layer.operation {
    case .convolution(let channels, let kernel, let stride, let padding):
      geometry = ConnectionGeometry(
        inputChannels: input.channels, inputHeight: input.height, inputWidth: input.width,
        outputChannels: channels, kernelHeight: kernel, kernelWidth: kernel, stride: stride,
        padding: padding)
    case .fullyConnected(let neurons):
      geometry = ConnectionGeometry(
        inputChannels: input.channels, inputHeight: input.height, inputWidth: input.width,
        outputChannels: neurons, kernelHeight: input.height, kernelWidth: input.width)
    }
    table = ConnectionTable(geometry)
    pooling = (layer.pooling?.size ?? 1) > 1 ? layer.pooling?.position : nil
    window = MaxPoolWindow(
      channels: shape.convolved.channels, inputHeight: shape.convolved.height,
      inputWidth: shape.convolved.width, size: layer.pooling?.size ?? 1)
  }
}
