import Accelerator
import PowerEstimation
import SpikeTraces

extension SpaceMeasurement {
  /// Every way to build a layer, with what it needs of the device.
  func alternatives(
    of position: Int, _ base: BoundHardware, _ header: TraceHeader
  ) throws -> (layer: MeasuredSpace.Layer, models: [any AcceleratorModel]) {
    let hardware = file.layers[position]
    let stated = space.layers.first { $0.name == hardware.name }
    let axes = try axes(
      of: hardware, stated, platform: type(of: base.model).layerParameters,
      outputs: header.layers[base.firstLayer + position].outputs)
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
    var reasons: [String: [String: String]] = [:]
    for number in 0..<count {
      var candidate = file
      var rest = number
      for (key, values) in axes.reversed() {
        values[rest % values.count].set(key, of: &candidate.layers[position])
        rest /= values.count
      }
      do {
        let bound = try candidate.fit(to: header, trace: trace.path)
        let built = candidate.layers[position]
        let resources = resources(of: position, bound, header)
        layer.alternatives.append(
          MeasuredSpace.Alternative(
            numbers: built.numbers.filter { layer.keys.contains($0.key) },
            words: built.choices.filter { layer.keys.contains($0.key) },
            processingElements: bound.layers[position].processingElements, resources: resources,
            cost: pricing.cost(of: resources)))
        models.append(bound.model)
      } catch {
        layer.impossible += 1
        for (key, _) in axes {
          if let value = candidate.layers[position].text(of: key) {
            reasons[key, default: [:]][value] = error.message
          }
        }
      }
    }
    try checkListed(layer, stated, reasons)
    return (layer, models)
  }

  /// What varies in a layer, in the order of the platform's parameters.
  private func axes(
    of hardware: HardwareFile.Layer, _ stated: DesignSpace.Layer?,
    platform parameters: [HardwareParameter], outputs: Int
  ) throws(ExplorationError) -> [(key: String, values: [ParameterChoice])] {
    let known = parameters.of(hardware.kind).filter { $0.isWholeNumber || $0.isOption }
    let keys = (stated.map { Array($0.values.keys) + Array($0.words.keys) } ?? []).sorted()
    for key in keys where !known.contains(where: { $0.key == key }) {
      throw ExplorationError(
        file: space.path, line: stated?.keyLines[key],
        message: "'\(key)' is no parameter of layer \(hardware.name), a \(hardware.kind.rawValue) "
          + "layer of \(file.platform.rawValue); its parameters are "
          + known.map(\.key).joined(separator: ", "))
    }
    var axes: [(key: String, values: [ParameterChoice])] = []
    for parameter in known {
      let key = parameter.key
      if let words = stated?.words[key] {
        if let unknown = words.first(where: { !parameter.choiceWords.contains($0) }) {
          throw ExplorationError(
            file: space.path, line: stated?.keyLines[key],
            message: "'\(key)' of layer \(hardware.name) cannot be '\(unknown.prefix(40))'; it is "
              + parameter.choiceWords.joined(separator: " or "))
        }
        axes.append((key, words.map { .word($0) }))
      } else if let values = stated?.values[key] ?? Self.usual(key) {
        let numbers = values.values(outputs: outputs, stated: hardware.numbers[key])
        axes.append((key, numbers.map { .number($0) }))
      }
    }
    return axes
  }

  /// What was listed one by one is meant, and must be possible; of ranges, at least something.
  private func checkListed(
    _ layer: MeasuredSpace.Layer, _ stated: DesignSpace.Layer?,
    _ reasons: [String: [String: String]]
  ) throws(ExplorationError) {
    for (key, values) in reasons.sorted(by: { $0.key < $1.key }) {
      let isListed = stated?.values[key]?.isExplicit ?? (stated?.words[key] != nil)
      for (value, reason) in values.sorted(by: { $0.key < $1.key })
      where isListed || layer.alternatives.isEmpty {
        let isBuilt = layer.alternatives.contains {
          ($0.numbers[key].map { "\($0)" } ?? $0.words[key]) == value
        }
        guard isBuilt else {
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

  /// What a layer needs of the device.
  private func resources(
    of position: Int, _ bound: BoundHardware, _ header: TraceHeader
  ) -> ResourceEstimate {
    let rows = rows(bound, header)
    return rows[rows.count - bound.layers.count + position].total
  }

  /// What every design needs beside its layers.
  func inputResources(_ base: BoundHardware, _ header: TraceHeader) -> ResourceEstimate {
    rows(base, header).dropLast(base.layers.count).reduce(.zero) { $0 + $1.total }
  }

  private func rows(_ bound: BoundHardware, _ header: TraceHeader) -> [ResourceReport.Layer] {
    HardwareDesign(bound, network: header).estimate(
      device.map(options.adapted) ?? options, scale: device?.resourceScale ?? [:])
  }

}

/// One value of a parameter.
private enum ParameterChoice {
  /// A whole number; nil for one that the file does not state.
  case number(Int?)
  /// A word.
  case word(String)

  func set(_ key: String, of layer: inout HardwareFile.Layer) {
    switch self {
    case .number(let number): layer.numbers[key] = number
    case .word(let word): layer.choices[key] = word
    }
  }
}

extension HardwareFile.Layer {
  /// The value of a parameter, as it is written.
  fileprivate func text(of key: String) -> String? {
    numbers[key].map { "\($0)" } ?? choices[key]
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
