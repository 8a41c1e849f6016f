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

  /// Adds what was counted of one layer and some samples.
  mutating func add(_ nonzero: Int, of samples: Int, _ plan: NetworkPlan, layer: Int) {
    nonzeros[layer] += nonzero
    values[layer] += samples * plan.timeSteps * plan.layers[layer].shape.neurons.count
  }
}

extension BackwardPass {
  /// Counts what ``neurons(_:slot:_:dropout:)`` left of a layer's dL/d(membrane) of one sample.
  func nonzero(_ index: Int, slot: Int, _ gradients: GradientWorkspace) -> Int {
    let layer = plan.layers[index]
    let count = plan.timeSteps * layer.shape.neurons.count
    let start =
      layer.pooling == .afterNeuron ? gradients.neurons : gradients.output + slot * count
    var found = 0
    for place in 0..<count where start[place] != 0 { found &+= 1 }
    return found
  }
}
