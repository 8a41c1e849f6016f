import SpikingNetworks

/// How many of the derivatives of the loss by a membrane are not zero, layer by layer.
///
/// What is zero need not be carried back: it is what an event-driven backward pass saves.
struct GradientDensity: Codable, Hashable {
  private var nonzeros: [Int]
  private var values: [Int]

  init(layers: Int) {
    nonzeros = [Int](repeating: 0, count: layers)
    values = nonzeros
  }

  var layers: Int { min(nonzeros.count, values.count) }

  /// The parts that are not zero, from 0 to 1; nil where nothing was counted.
  var densities: [Double?] {
    zip(nonzeros, values).map { $1 > 0 ? Double($0) / Double($1) : nil }
  }

  mutating func add(_ other: GradientDensity) {
    for layer in nonzeros.indices {
      nonzeros[layer] += other.nonzeros[layer]
      values[layer] += other.values[layer]
    }
  }

  /// Counts one layer's dL/d(membrane) of one sample.
  mutating func count(_ gradients: UnsafePointer<Float>, values count: Int, layer: Int) {
    var found = 0
    for index in 0..<count where gradients[index] != 0 { found &+= 1 }
    nonzeros[layer] += found
    values[layer] += count
  }
}

extension BackwardPass {
  /// Counts what ``neurons(_:_:_:parameters:dropout:sum:)`` left of a layer's dL/d(membrane).
  func count(_ index: Int, _ gradients: GradientWorkspace, in density: inout GradientDensity) {
    let layer = plan.layers[index]
    let membranes = layer.pooling == .afterNeuron ? gradients.neurons : gradients.output
    density.count(
      membranes, values: plan.timeSteps * layer.shape.neurons.count, layer: index)
  }
}
