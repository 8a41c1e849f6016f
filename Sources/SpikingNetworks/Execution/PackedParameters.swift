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
  package init(_ plan: NetworkPlan, goesBackTo first: Int? = nil) throws(MemoryShortage) {
    self.plan = plan
    storage = try FloatStorage(count: plan.parameterCount)
    values = UnsafePointer(storage.start)
    layers = try plan.layers.enumerated().map { entry throws(MemoryShortage) in
      try ConnectionWeights(
        entry.element.connections, goesBack: first.map { entry.offset >= $0 } ?? false)
    }
  }

  /// Packs parameters for the way forward alone.
  package convenience init(_ network: SpikingNetwork) throws(MemoryShortage) {
    try self.init(network.plan)
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
