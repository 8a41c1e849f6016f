import Accelerator
import PowerEstimation
import SpikeTraces

extension SpaceMeasurement {
  /// Every way to build a layer, with what it needs of the device.
  func alternatives(
    of position: Int, _ base: BoundHardware, _ header: TraceHeader
  ) throws -> (layer: MeasuredSpace.Layer, models: [any AcceleratorModel]) {
    let hardware = file.layers[position]
    let known = type(of: base.model).layerParameters.of(hardware.kind).filter(\.isWholeNumber)
      .map(\.key)
    let stated = space.layers.first { $0.name == hardware.name }
    for key in stated.map({ $0.values.keys.sorted() }) ?? [] where !known.contains(key) {
      throw ExplorationError(
        file: space.path, line: stated?.keyLines[key],
        message: "'\(key)' is no parameter of layer \(hardware.name), a \(hardware.kind.rawValue) "
          + "layer of \(file.platform.rawValue); its parameters are "
          + known.joined(separator: ", "))
    }
    let outputs = header.layers[base.firstLayer + position].outputs
    var axes: [(key: String, values: [Int?])] = []
    for key in known {
      guard let values = stated?.values[key] ?? Self.usual(key) else { continue }
      axes.append((key, values.values(outputs: outputs, stated: hardware.numbers[key])))
    }
    let count = axes.reduce(1) { min($0 * $1.values.count, Self.mostAlternatives + 1) }
    guard count <= Self.mostAlternatives else {
      throw ExplorationError(
        file: space.path, line: stated?.line,
        message: "layer \(hardware.name) has more than \(Self.mostAlternatives) alternatives; use "
          + "larger steps or lists")
    }
    var layer = MeasuredSpace.Layer(
      name: hardware.name, keys: axes.map(\.key), alternatives: [], impossible: 0)
    var models: [any AcceleratorModel] = []
    var reasons: [String: [Int: String]] = [:]
    for number in 0..<count {
      var candidate = file
      var rest = number
      for (key, values) in axes.reversed() {
        candidate.layers[position].numbers[key] = values[rest % values.count]
        rest /= values.count
      }
      do {
        let bound = try candidate.fit(to: header, trace: trace.path)
        let numbers = candidate.layers[position].numbers.filter { layer.keys.contains($0.key) }
        layer.alternatives.append(
          MeasuredSpace.Alternative(
            numbers: numbers, processingElements: bound.layers[position].processingElements,
            cost: resources(of: position, bound, header)))
        models.append(bound.model)
      } catch {
        layer.impossible += 1
        for (key, _) in axes {
          if let value = candidate.layers[position].numbers[key] {
            reasons[key, default: [:]][value] = error.message
          }
        }
      }
    }
    try checkListed(layer, stated, reasons)
    return (layer, models)
  }

  /// What was listed one by one is meant, and must be possible; of ranges, at least something.
  private func checkListed(
    _ layer: MeasuredSpace.Layer, _ stated: DesignSpace.Layer?, _ reasons: [String: [Int: String]]
  ) throws(ExplorationError) {
    for (key, values) in reasons.sorted(by: { $0.key < $1.key }) {
      let isListed = stated?.values[key]?.isExplicit ?? false
      for (value, reason) in values.sorted(by: { $0.key < $1.key })
      where isListed || layer.alternatives.isEmpty {
        guard layer.alternatives.contains(where: { $0.numbers[key] == value }) else {
          throw ExplorationError(
            file: space.path, line: stated?.keyLines[key] ?? stated?.line,
            message: "layer \(layer.name) cannot be built with \(key) \(value): \(reason)")
        }
      }
    }
  }

  /// What varies in a layer of which the space says nothing.
  private static func usual(_ key: String) -> ParameterValues? {
    let keys = [
      HardwareParameter.processingElements.key, HardwareParameter.logicalToHardwareRatio.key,
    ]
    return keys.contains(key) ? .divisors : nil
  }

  /// What a layer needs of the device, and the energy that this takes in a cycle.
  private func resources(
    of position: Int, _ bound: BoundHardware, _ header: TraceHeader
  ) -> DesignCost {
    let rows = rows(bound, header)
    return cost(of: rows[rows.count - bound.layers.count + position].total.value)
  }

  /// What every design needs beside its layers.
  func inputCost(_ base: BoundHardware, _ header: TraceHeader) throws -> DesignCost {
    let rows = rows(base, header)
    return rows.dropLast(base.layers.count).reduce(.zero) { $0 + cost(of: $1.total.value) }
  }

  private func rows(_ bound: BoundHardware, _ header: TraceHeader) -> [ResourceReport.Layer] {
    HardwareDesign(bound, network: header).estimate(
      device.map(options.adapted) ?? options, scale: device?.resourceScale ?? [:])
  }

  private func cost(of counts: ResourceCounts) -> DesignCost {
    var cost = DesignCost.zero
    cost[.tables] = counts.tables
    cost[.flipFlops] = counts.flipFlops
    cost[.blockRAMs] = counts.blockRAMs
    cost[.ultraRAMs] = counts.ultraRAMs
    cost[.multipliers] = counts.multipliers
    // As the vectorless estimate: clock x count x coefficient.
    for kind in PowerCoefficient.Kind.allCases where kind.isVectorless {
      guard let coefficient = coefficients?[kind] else { continue }
      cost[.energyPerCycle] += counts[kind.resource] * coefficient.energy.value
    }
    return cost.onGrid
  }
}

extension ParameterValues {
  /// Whether every value was written by itself.
  fileprivate var isExplicit: Bool {
    switch self {
    case .list, .asStated: true
    case .divisors, .range: false
    }
  }
}

extension TracedLayer {
  /// Output channels of a convolution, neurons of another layer.
  fileprivate var outputs: Int {
    switch operation {
    case .convolution(_, _, _, let convolved, _, _): convolved.channels
    case .fullyConnected: output.neurons
    }
  }
}
