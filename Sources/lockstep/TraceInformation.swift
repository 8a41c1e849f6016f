import Foundation
import Reports
import SpikeTraces

/// What `lockstep trace info` says, as text and as JSON.
struct TraceInformation: Encodable {
  /// One layer boundary.
  struct Boundary: Encodable {
    var index: Int
    /// The layer that emits these spikes; `input` for the network's input.
    var name: String
    var operation: String
    var neuron: String
    var shape: LayerShape
    var neurons: Int
    var spikes: Int
    var spikesPerSample: Double
    /// Spikes per neuron and time step.
    var firingRate: Double
  }

  var schemaVersion = 1
  var file: String
  var isWhole: Bool
  var formatVersion: UInt32
  var header: TraceHeader
  var samples: Int
  var labelled: Int
  var judged: Int
  var correct: Int
  var boundaries: [Boundary]
  var spikes: Int
  var bytes: Int
  var bytesPerSpike: Double?
  /// The size of the same spikes at one bit a neuron and step, divided by the file's.
  var compressionRatio: Double

  init(_ reader: TraceReader) throws(TraceError) {
    let statistics = try reader.statistics()
    let header = reader.header
    file = reader.path
    isWhole = reader.recoveryWarning == nil
    formatVersion = TraceFormat.version
    self.header = header
    samples = statistics.samples
    labelled = statistics.labelled
    judged = statistics.judged
    correct = statistics.correct
    spikes = statistics.spikes
    bytes = reader.byteCount
    bytesPerSpike = spikes > 0 ? Double(bytes) / Double(spikes) : nil

    let samples = Double(max(statistics.samples, 1))
    var bits = 0.0
    boundaries = []
    for (index, shape) in header.boundaries.enumerated() {
      let layer = index > 0 ? header.layers[index - 1] : nil
      let perSample = Double(statistics.spikeCounts[index]) / samples
      let cells = Double(shape.neurons) * Double(header.timeSteps)
      bits += cells * Double(statistics.samples)
      boundaries.append(
        Boundary(
          index: index, name: layer?.name ?? "input", operation: layer?.operation.summary ?? "",
          neuron: layer?.neuron.summary ?? "", shape: shape, neurons: shape.neurons,
          spikes: statistics.spikeCounts[index], spikesPerSample: perSample,
          firingRate: perSample / cells))
    }
    compressionRatio = bits / 8 / Double(max(bytes, 1))
  }

  func json() throws -> String { try ResultJSON.text(self) }

  func text() -> String {
    let size =
      "\(NumberFormat.count(bytes)) bytes"
      + (bytesPerSpike.map { String(format: ", %.3f bytes a spike", $0) } ?? "")
    let ratio = String(format: "%.1f : 1 against one bit a neuron and step", compressionRatio)
    let accuracy =
      judged > 0
      ? String(format: ", %.2f %% predicted correctly", 100 * Double(correct) / Double(judged)) : ""
    let facts = [
      ["network", header.networkName],
      [
        "data set",
        "\(header.dataSet.name), \(header.dataSet.split), \(header.dataSet.classes) classes",
      ],
      [
        "samples",
        "\(NumberFormat.count(samples)) (\(NumberFormat.count(labelled)) labelled\(accuracy))",
      ],
      ["time steps", "\(header.timeSteps)"],
      ["coding", header.coding.rawValue],
      ["spikes", NumberFormat.count(spikes)],
      ["size", size],
      ["compression", ratio],
      ["state", isWhole ? "whole" : "without its end; see the warning"],
      ["seed", "\(header.seed)"],
      ["written by", "lockstep \(header.softwareVersion), format \(formatVersion)"],
    ]
    let parameters = header.hyperparameters.sorted { $0.key < $1.key }.map {
      ["  " + $0.key, $0.value]
    }
    var table = TextTable(
      title: "Boundaries",
      columns: [
        .number("boundary"), .text("layer"), .text("operation"), .text("neuron"), .text("shape"),
        .number("neurons"), .number("spikes/sample"), .number("rate"),
      ])
    for boundary in boundaries {
      table.append([
        "\(boundary.index)", boundary.name, boundary.operation, boundary.neuron,
        boundary.shape.description, NumberFormat.count(boundary.neurons),
        NumberFormat.decimal(boundary.spikesPerSample, places: 1),
        NumberFormat.decimal(100 * boundary.firingRate, places: 2) + " %",
      ])
    }
    let style = TextStyle.detected(descriptor: 1)
    return file + "\n\n" + Self.aligned(facts, style)
      + (parameters.isEmpty ? "" : "training\n" + Self.aligned(parameters, style)) + "\n"
      + table.rendered(style)
  }

  /// Names and values, the values under each other and broken between words.
  private static func aligned(_ facts: [[String]], _ style: TextStyle) -> String {
    let width = facts.map { $0[0].count }.max() ?? 0
    let lines = facts.flatMap { fact -> [String] in
      // A value may be JSON without a space in it.
      let value = fact[1].replacing(",\"", with: ", \"")
      let lines = style.wrapped(value, indent: width + 2)
      guard let first = lines.first else { return [fact[0]] }
      let name = fact[0] + String(repeating: " ", count: width + 2 - fact[0].count)
      return [name + first.dropFirst(width + 2)] + lines.dropFirst()
    }
    return style.adapted(lines.map { $0 + "\n" }.joined())
  }
}

extension LayerOperation {
  /// The operation in a few words: `3x3 convolution, OR pooling 2`.
  fileprivate var summary: String {
    switch self {
    case .fullyConnected: return "fully connected"
    case .convolution(let kernel, let stride, let padding, _, let pooling, let position):
      var words = "\(kernel)x\(kernel) convolution"
      if stride != 1 { words += ", stride \(stride)" }
      if padding != 0 { words += ", padding \(padding)" }
      if pooling != 1 {
        words += position == .afterNeuron ? ", OR pooling \(pooling)" : ", max pooling \(pooling)"
      }
      return words
    }
  }
}

extension NeuronDescription {
  /// The neuron in a few words: `leaky, beta 0.9, threshold 1`.
  fileprivate var summary: String { "\(model), beta \(beta), threshold \(threshold)" }
}
