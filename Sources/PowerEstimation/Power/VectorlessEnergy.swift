/// The energy of an image as published results have it: what a vendor's tool reports without knowing
/// any signal, times the latency.
///
/// P = static + sum over layers and resources of frequency x count x coefficient. It does not depend on
/// the spikes, so that on one accelerator energies are to each other as latencies.
struct VectorlessEnergy {
  let coefficients: CoefficientSet

  /// What each coefficient adds to the energy of an image.
  ///
  /// - Parameters:
  ///   - layers: the layers, for their frequencies.
  ///   - input: the spike RAM in front of the first layer, if there is one.
  ///   - latency: seconds an image.
  /// - Returns: one contribution a coefficient.
  func contributions(
    _ layers: [LayerActivity], input: ResourceReport.Layer?, latency: Double
  ) -> [EnergyFigures.Contribution] {
    var rows = layers.map { ($0.resources.total, $0.frequency) }
    if let input, let first = layers.first { rows.append((input.total, first.frequency)) }
    return PowerCoefficient.Kind.allCases.filter(\.isVectorless).compactMap { kind in
      let perSecond = rows.reduce(Estimate.zero) { $0 + $1.0[kind.resource] * $1.1 }
      let count = perSecond * latency
      guard count.high > 0 else { return nil }
      let coefficient = coefficients[kind]
      return EnergyFigures.Contribution(
        name: kind.rawValue, component: kind.component, count: count.value, unit: kind.basis,
        energy: coefficient.energy * count, source: coefficient.source)
    }
  }
}

extension PowerCoefficient.Kind {
  /// The resource whose cycles a coefficient of the vectorless estimate counts.
  package var resource: Resource {
    switch self {
    case .logic, .signals, .accumulation, .activation: .logicTables
    case .register, .clock: .flipFlops
    case .distributedRAM: .memoryTables
    case .blockRAM, .blockAccess: .blockRAMs
    case .ultraRAM, .ultraAccess: .ultraRAMs
    case .multiplier: .multipliers
    }
  }
}
