import CheckedYAML
import Yams

/// The keys of neurons in a network file.
enum NeuronFields {
  enum Model: String, CaseIterable {
    case leaky
    case integrateAndFire = "integrate-and-fire"
    case lapicque
    case synaptic
  }

  static let keys = [
    "model", "beta", "alpha", "resistance", "capacitance", "time-step", "threshold", "reset",
    "reset-timing", "reset-gradient", "learns-beta", "learns-threshold",
  ]

  /// The neurons that a node describes.
  ///
  /// What it leaves out is as in `common`, the neurons of the whole file. Without them only
  /// snnTorch's defaults may be left out: a threshold of 1 and a delayed reset by subtraction.
  static func parameters(
    _ node: Node?, in file: YAMLFields, common: NeuronParameters?
  ) throws(YAMLTextError) -> NeuronParameters {
    guard let node else {
      guard let common else { throw file.missing("neurons", "{model: leaky, beta: 0.9}") }
      return common
    }
    let fields = try YAMLFields(
      node, path: file.path, line: file.line(of: "neurons"), describing: "'neurons'\(file.owner)",
      owner: " of the neurons\(file.owner)", keys: keys)
    let model = try model(fields, common: common?.model)
    var parameters = common ?? NeuronParameters(model: model)
    let defaults = parameters
    parameters.model = model
    parameters.threshold = try fields.number("threshold") ?? defaults.threshold
    parameters.reset =
      try fields.choice("reset", NeuronParameters.Reset.self) ?? defaults.reset
    parameters.resetTiming =
      try fields.choice("reset-timing", NeuronParameters.ResetTiming.self) ?? defaults.resetTiming
    parameters.resetCarriesGradient =
      try fields.flag("reset-gradient") ?? defaults.resetCarriesGradient
    parameters.learnsDecay = try fields.flag("learns-beta") ?? defaults.learnsDecay
    parameters.learnsThreshold = try fields.flag("learns-threshold") ?? defaults.learnsThreshold
    return parameters
  }

  private static func model(
    _ fields: YAMLFields, common: NeuronModel?
  ) throws(YAMLTextError) -> NeuronModel {
    let model =
      try fields.choice("model", Model.self) ?? common.flatMap { Model(rawValue: $0.name) }
      ?? .leaky
    let beta = try fields.number("beta")
    let alpha = try fields.number("alpha")
    let circuit = try (
      resistance: fields.number("resistance"), capacitance: fields.number("capacitance"),
      timeStep: fields.number("time-step")
    )
    func refuse(_ key: String) throws(YAMLTextError) {
      guard fields.node(key) == nil else {
        throw fields.mismatch(key, "the neuron model \(model.rawValue) has no such constant")
      }
    }
    if model != .lapicque {
      for key in ["resistance", "capacitance", "time-step"] { try refuse(key) }
    }
    if model != .synaptic { try refuse("alpha") }
    switch model {
    case .integrateAndFire:
      try refuse("beta")
      return .integrateAndFire
    case .leaky:
      if beta == nil, case .leaky? = common, let common { return common }
      guard let beta else { throw fields.missing("beta", "0.9") }
      return .leaky(beta: beta)
    case .synaptic:
      guard case .synaptic(let commonAlpha, let commonBeta)? = common else {
        guard let alpha else { throw fields.missing("alpha", "0.5") }
        guard let beta else { throw fields.missing("beta", "0.9") }
        return .synaptic(alpha: alpha, beta: beta)
      }
      return .synaptic(alpha: alpha ?? commonAlpha, beta: beta ?? commonBeta)
    case .lapicque:
      if let beta {
        for key in ["resistance", "capacitance", "time-step"] { try refuse(key) }
        return .lapicque(beta: beta)
      }
      guard circuit.resistance != nil || circuit.capacitance != nil || circuit.timeStep != nil
      else {
        if case .lapicque? = common, let common { return common }
        throw fields.missing("beta", "0.9")
      }
      guard let resistance = circuit.resistance else { throw fields.missing("resistance", "1") }
      guard let capacitance = circuit.capacitance else {
        throw fields.missing("capacitance", "9.5")
      }
      return .lapicque(
        resistance: resistance, capacitance: capacitance, timeStep: circuit.timeStep ?? 1)
    }
  }

  /// The node that describes neurons, with what differs from `defaults` alone; nil for nothing.
  static func node(
    _ parameters: NeuronParameters, defaults: NeuronParameters?
  ) throws -> Node? {
    var pairs: [(String, Node)] = []
    func add(_ key: String, _ value: some NodeRepresentable) throws {
      pairs.append((key, try value.represented()))
    }
    if parameters.model != defaults?.model {
      try add("model", parameters.model.name)
      switch parameters.model {
      case .leaky(let beta): try add("beta", YAMLNumber(beta))
      case .integrateAndFire: break
      case .synaptic(let alpha, let beta):
        try add("alpha", YAMLNumber(alpha))
        try add("beta", YAMLNumber(beta))
      case .lapicque(let resistance, let capacitance, let timeStep):
        try add("resistance", YAMLNumber(resistance))
        try add("capacitance", YAMLNumber(capacitance))
        try add("time-step", YAMLNumber(timeStep))
      }
    }
    if parameters.threshold != defaults?.threshold {
      try add("threshold", YAMLNumber(parameters.threshold))
    }
    if parameters.reset != defaults?.reset { try add("reset", parameters.reset.rawValue) }
    if parameters.resetTiming != defaults?.resetTiming ?? .delayed {
      try add("reset-timing", parameters.resetTiming.rawValue)
    }
    if parameters.resetCarriesGradient != defaults?.resetCarriesGradient ?? false {
      try add("reset-gradient", parameters.resetCarriesGradient)
    }
    if parameters.learnsDecay != defaults?.learnsDecay ?? false {
      try add("learns-beta", parameters.learnsDecay)
    }
    if parameters.learnsThreshold != defaults?.learnsThreshold ?? false {
      try add("learns-threshold", parameters.learnsThreshold)
    }
    return pairs.isEmpty ? nil : .flow(pairs)
  }
}
