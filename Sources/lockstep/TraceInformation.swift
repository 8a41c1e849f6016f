import Foundation
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
      "\(Self.grouped(bytes)) bytes"
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
      ["samples", "\(Self.grouped(samples)) (\(Self.grouped(labelled)) labelled\(accuracy))"],
      ["time steps", "\(header.timeSteps)"],
      ["coding", header.coding.rawValue],
      ["spikes", Self.grouped(spikes)],
      ["size", size],
      ["compression", ratio],
      ["state", isWhole ? "whole" : "without its end; see the warning"],
      ["seed", "\(header.seed)"],
      ["written by", "lockstep \(header.softwareVersion), format \(formatVersion)"],
    ]
    let parameters = header.hyperparameters.sorted { $0.key < $1.key }.map {
      ["  " + $0.key, $0.value]
    }
    let table =
      [["boundary", "layer", "operation", "neuron", "shape", "neurons", "spikes/sample", "rate"]]
      + boundaries.map { boundary in
        [
          "\(boundary.index)", boundary.name, boundary.operation, boundary.neuron,
          boundary.shape.description, Self.grouped(boundary.neurons),
          String(format: "%.1f", boundary.spikesPerSample),
          String(format: "%.2f %%", 100 * boundary.firingRate),
        ]
      }
    return file + "\n\n" + Self.aligned(facts)
      + (parameters.isEmpty ? "" : "training\n" + Self.aligned(parameters)) + "\n"
      + Self.aligned(table, rightFrom: 5)
  }

  /// Columns of equal width, two spaces apart; those from `rightFrom` on flush right.
  private static func aligned(_ rows: [[String]], rightFrom: Int = .max) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices ~= column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return column >= rightFrom ? padding + cell : cell + padding
      }
      let line = cells.joined(separator: "  ")
      return line.replacing(#/ +$/#, with: "") + "\n"
    }.joined()
  }

  /// A number with its thousands apart: `1,234,567`.
  private static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
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
