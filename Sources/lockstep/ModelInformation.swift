import Foundation
import Reports
import SpikingNetworks

/// What `lockstep model info` says, as text and as JSON.
struct ModelInformation: Encodable {
  /// One layer.
  struct Layer: Encodable {
    var name: String
    var operation: String
    var neuron: String
    var input: String
    var output: String
    var neurons: Int
    var parameters: Int
    /// Multiplications with additions of one time step, if every input were a number.
    var operationsPerStep: Int
    /// Of the weights, without biases; nil without weights.
    var weightDeviation: Double?
    /// The largest weight's magnitude.
    var largestWeight: Float?
    /// The part of the weights that are zero.
    var zeroWeights: Double?
  }

  var schemaVersion = 1
  var file: String
  var network: NetworkDescription
  var notation: String
  var layers: [Layer]
  var parameters: Int
  var operationsPerSample: Int
  var hasWeights: Bool
  /// Tensors of the weights file that the network has no place for.
  var unusedTensors: [String]
  var hyperparameters: [String: String]

  init(
    file: String, description: NetworkDescription, weights: NetworkWeights?,
    hyperparameters: [String: String], unused: [String]
  ) throws(NetworkError) {
    self.file = file
    network = description
    notation = NetworkNotation.text(description.layers)
    hasWeights = weights != nil
    unusedTensors = unused
    self.hyperparameters = hyperparameters
    let tensors = try description.tensorShapes()
    layers = []
    for (layer, shape) in zip(description.layers, try description.resolvedShapes()) {
      let own = tensors.filter { $0.name.hasPrefix(layer.name + ".") }
      let fanIn: Int
      switch layer.operation {
      case .convolution(_, let kernel, _, _): fanIn = shape.input.channels * kernel * kernel
      case .fullyConnected: fanIn = shape.input.count
      }
      let values = weights?[layer.name + ".weight"]?.values
      layers.append(
        Layer(
          name: layer.name, operation: layer.summary, neuron: layer.neuron.summary,
          input: shape.input.description, output: shape.output.description,
          neurons: shape.neurons.count,
          parameters: own.reduce(0) { $0 + $1.shape.reduce(1, *) },
          operationsPerStep: fanIn * shape.convolved.count,
          weightDeviation: values.map(Self.deviation),
          largestWeight: values.map { $0.reduce(0) { max($0, abs($1)) } },
          zeroWeights: values.map { values in
            Double(values.count { $0 == 0 }) / Double(max(1, values.count))
          }))
    }
    parameters = layers.reduce(0) { $0 + $1.parameters }
    operationsPerSample = layers.reduce(0) { $0 + $1.operationsPerStep } * description.timeSteps
  }

  private static func deviation(_ values: [Float]) -> Double {
    let count = Double(max(1, values.count))
    let mean = values.reduce(0) { $0 + Double($1) } / count
    return (values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count)
      .squareRoot()
  }

  func text() -> String {
    var lines = [
      file, "", "network     \(network.name): \(network.input) - \(notation)",
      "time steps  \(network.timeSteps)",
      "classes     \(network.classes)",
      "parameters  \(NumberFormat.count(parameters))\(hasWeights ? "" : ", no weights yet")",
      "operations  \(NumberFormat.count(operationsPerSample)) a sample, if all were dense",
    ]
    if !unusedTensors.isEmpty {
      lines.append("not used    \(unusedTensors.joined(separator: ", ")) of the weights file")
    }
    var table = TextTable(
      title: "Layers", explanation: "Operations are those of one dense time step.",
      columns: [
        .text("layer"), .text("operation"), .text("neurons"), .number("input"), .number("output"),
        .number("parameters"), .number("operations"), .number("weight sd"), .number("largest"),
      ])
    for layer in layers {
      table.append([
        .text(layer.name), .text(layer.operation), .text(layer.neuron), .text(layer.input),
        .text(layer.output), .text(NumberFormat.count(layer.parameters)),
        .text(NumberFormat.count(layer.operationsPerStep)),
        .text(layer.weightDeviation.map { NumberFormat.decimal($0, places: 4) } ?? "-"),
        .text(layer.largestWeight.map { NumberFormat.decimal(Double($0), places: 3) } ?? "-"),
      ])
    }
    lines += ["", table.rendered(.detected(descriptor: 1))]
    if !hyperparameters.isEmpty {
      lines += ["training"]
      let width = hyperparameters.keys.map(\.count).max() ?? 0
      for (key, value) in hyperparameters.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(key.padding(toLength: width + 2, withPad: " ", startingAt: 0))\(value)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension LayerDescription {
  /// The layer in a few words: `3x3 convolution, batch normalisation, OR pooling 2`.
  fileprivate var summary: String {
    var parts: [String] = []
    switch operation {
    case .fullyConnected: parts.append("fully connected")
    case .convolution(_, let kernel, let stride, let padding):
      parts.append("\(kernel)x\(kernel) convolution")
      if stride != 1 { parts.append("stride \(stride)") }
      if padding != 0 { parts.append("padding \(padding)") }
    }
    if normalisation != nil { parts.append("batch normalisation") }
    if let pooling {
      switch (pooling.kind, pooling.position) {
      case (.maximum, .afterNeuron): parts.append("OR pooling \(pooling.size)")
      case (.maximum, .beforeNeuron): parts.append("max pooling \(pooling.size)")
      case (.average, .beforeNeuron): parts.append("average pooling \(pooling.size)")
      case (.average, .afterNeuron): parts.append("average spikes \(pooling.size)")
      }
    }
    if dropout > 0 { parts.append("dropout \(dropout)") }
    return parts.joined(separator: ", ")
  }
}

extension NeuronParameters {
  /// The neurons in a few words: `leaky 0.9, theta 1, subtract`.
  fileprivate var summary: String {
    let constants =
      switch model {
      case .leaky(let beta): " \(beta)"
      case .integrateAndFire: ""
      case .synaptic(let alpha, let beta): " \(alpha), \(beta)"
      case .lapicque: String(format: " %.3g", model.decay)
      }
    let timing = reset != .none && resetTiming == .immediate ? " at once" : ""
    return "\(model.name)\(constants), theta \(threshold), \(reset.rawValue)\(timing)"
  }
}
