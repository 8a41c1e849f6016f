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
      + (bytesPerSpike.map { ", \(NumberFormat.decimal($0, places: 3)) bytes a spike" } ?? "")
    let ratio = NumberFormat.decimal(compressionRatio, places: 1)
    let share = Double(correct) / Double(max(1, judged))
    let accuracy =
      judged > 0 ? ", \(NumberFormat.decimal(100 * share, places: 2)) % predicted correctly" : ""
    let facts = [
      ("network", header.networkName),
      (
        "data set",
        "\(header.dataSet.name), \(header.dataSet.split), \(header.dataSet.classes) classes"
      ),
      (
        "samples",
        "\(NumberFormat.count(samples)) (\(NumberFormat.count(labelled)) labelled\(accuracy))"
      ),
      ("time steps", "\(header.timeSteps)"),
      ("coding", header.coding.rawValue),
      ("spikes", NumberFormat.count(spikes)),
      ("size", size),
      ("compression", "\(ratio) : 1 against one bit a neuron and step"),
      ("state", isWhole ? "whole" : "without its end; see the warning"),
      ("seed", "\(header.seed)"),
      ("written by", "lockstep \(header.softwareVersion), format \(formatVersion)"),
    ]
    let training = header.hyperparameters.sorted { $0.key < $1.key }.map {
      ("  " + $0.key, $0.value)
    }
    return file + "\n\n" + Self.lines(facts)
      + (training.isEmpty ? "" : "training\n" + Self.lines(training)) + "\n"
      + table.rendered(.detected(descriptor: 1))
  }

  private var table: TextTable {
    var table = TextTable(columns: [
      .number("boundary"), .text("layer"), .text("operation"), .text("neuron"), .number("shape"),
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
    return table
  }

  /// Names and values below each other.
  private static func lines(_ facts: [(name: String, value: String)]) -> String {
    let width = facts.map(\.name.count).max() ?? 0
    return facts.map { name, value in
      name + String(repeating: " ", count: width + 2 - name.count) + value + "\n"
    }.joined()
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
