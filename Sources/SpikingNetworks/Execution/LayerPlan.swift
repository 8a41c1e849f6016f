import SpikingKernels

/// One layer as the kernels run it.
package struct LayerPlan: Sendable {
  package let name: String
  package let shape: ResolvedLayerShape
  package let geometry: ConnectionGeometry
  package let connections: ConnectionPlan
  package let pooling: LayerDescription.Pooling.Position?
  package let poolsAverage: Bool
  package let window: MaxPoolWindow
  package let normalisation: LayerDescription.BatchNormalisation?
  package let dropout: Float
  package let places: ParameterPlaces
  /// Whether the way back through the pooling needs only the winners of its windows.
  package let poolsByWinners: Bool
  /// The whole layer as one operation, where the kernels have one.
  package let pooledConvolution: PooledConvolution?
  /// The recurrence with the description's constants; see ``dynamics(_:)``.
  package internal(set) var initialDynamics: MembraneDynamics

  package var weightOffset: Int { places.weight }
  package var biasOffset: Int { places.bias }
  package var averageWindow: AveragePoolWindow { AveragePoolWindow(window) }

  init(
    _ layer: LayerDescription, shape: ResolvedLayerShape, places: ParameterPlaces, timeSteps: Int,
    isLast: Bool
  ) {
    name = layer.name
    self.shape = shape
    self.places = places
    initialDynamics = layer.neuron.dynamics
    normalisation = layer.normalisation
    dropout = layer.dropout
    geometry = layer.geometry(input: shape.input)
    connections = ConnectionPlan(geometry, timeSteps: timeSteps)
    pooling = (layer.pooling?.size ?? 1) > 1 ? layer.pooling?.position : nil
    poolsAverage = layer.pooling?.kind == .average
    window = MaxPoolWindow(
      channels: shape.convolved.channels, inputHeight: shape.convolved.height,
      inputWidth: shape.convolved.width, size: layer.pooling?.size ?? 1)
    // Losses may read the membranes of the last layer.
    poolsByWinners =
      pooling == .afterNeuron && !poolsAverage && PlainNeurons.pools(window) && !isLast
    pooledConvolution =
      poolsByWinners && layer.normalisation == nil ? PooledConvolution(connections, window) : nil
  }

  /// The recurrence with the constants as far as they are learned.
  package func dynamics(_ parameters: UnsafePointer<Float>) -> MembraneDynamics {
    var dynamics = initialDynamics
    if let place = places.decay { dynamics.decay = parameters[place] }
    if let place = places.threshold { dynamics.threshold = parameters[place] }
    return dynamics
  }

  /// Pools one frame of currents or spikes.
  package func pool(_ input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>) {
    if poolsAverage {
      averageWindow.forward(input: input, output: output)
    } else {
      window.forward(input: input, output: output)
    }
  }
}

extension LayerDescription {
  func geometry(input: FeatureShape) -> ConnectionGeometry {
    switch operation {
    case .convolution(let channels, let kernel, let stride, let padding):
      ConnectionGeometry(
        inputChannels: input.channels, inputHeight: input.height, inputWidth: input.width,
        outputChannels: channels, kernelHeight: kernel, kernelWidth: kernel, stride: stride,
        padding: padding)
    case .fullyConnected(let neurons):
      ConnectionGeometry(
        inputChannels: input.channels, inputHeight: input.height, inputWidth: input.width,
        outputChannels: neurons, kernelHeight: input.height, kernelWidth: input.width)
    }
  }
}
