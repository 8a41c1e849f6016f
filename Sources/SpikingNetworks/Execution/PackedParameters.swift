import SpikingKernels

/// The parameters of a network as its kernels read them, packed once and read by all workers.
package final class PackedParameters {
  /// The flat parameters.
  package let values: UnsafePointer<Float>
  package let layers: [ConnectionWeights]
  private let plan: NetworkPlan
  private let storage: FloatStorage

  /// Allocates memory for a plan's parameters.
  ///
  /// `first` is the first layer whose input needs a gradient; nil if there is no way back.
  package init(_ plan: NetworkPlan, goesBackTo first: Int? = nil) {
    self.plan = plan
    storage = FloatStorage(count: plan.parameterCount)
    values = UnsafePointer(storage.start)
    layers = plan.layers.enumerated().map { index, layer in
      ConnectionWeights(layer.connections, goesBack: first.map { index >= $0 } ?? false)
    }
  }

  /// Packs parameters for the way forward alone.
  package convenience init(_ network: SpikingNetwork) {
    self.init(network.plan)
    load(network.parameters)
  }

  /// Packs flat parameters, of `plan.parameterCount` values.
  package func load(_ parameters: [Float]) {
    parameters.withUnsafeBufferPointer { buffer in
      guard let source = buffer.baseAddress else { return }
      storage.start.update(from: source, count: plan.parameterCount)
    }
    for (layer, weights) in zip(plan.layers, layers) {
      weights.pack(values + layer.places.weight, bias: values + layer.places.bias)
    }
  }
}
