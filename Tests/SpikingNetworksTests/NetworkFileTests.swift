import Foundation
import SpikingNetworks
import TestSupport
import Testing

/// Network files: YAML that people write, and weights of other programs.
@Suite struct NetworkFileTests {
  private static let example = """
    name: example
    input: 1x8x8
    time-steps: 4
    classes: 2
    neurons: {model: leaky, beta: 0.9, threshold: 1.5}
    layers:
      - name: conv1
        convolution: {channels: 3, kernel: 3, padding: 1}
        normalisation: {epsilon: 1e-5, momentum: 0.1}
        pooling: {size: 2, of: spikes}
        tensors: features.0
      - name: fc1
        fully-connected: 4
        dropout: 0.25
        neurons: {model: synaptic, alpha: 0.5, beta: 0.8, reset: zero}
    weights: w.safetensors
    training: {seed: 3, note: by hand}
    """

  private func read(_ text: String) throws -> NetworkFile {
    try NetworkFile(data: Data(text.utf8), path: "net.yaml")
  }

  @Test func everyKeyIsUnderstood() throws {
    let file = try read(Self.example)
    let network = file.description
    #expect(network.name == "example" && network.timeSteps == 4 && network.classes == 2)
    #expect(NetworkNotation.text(network.layers) == "3C3s-BN-P2-4-D0.25")
    #expect(network.layers[0].neuron == .leaky(beta: 0.9, threshold: 1.5))
    #expect(network.layers[1].neuron.model == .synaptic(alpha: 0.5, beta: 0.8))
    #expect(network.layers[1].neuron.reset == .zero && network.layers[1].neuron.threshold == 1.5)
    #expect(file.tensorNames == ["conv1": "features.0"] && file.weights == "w.safetensors")
    #expect(file.hyperparameters == ["seed": "3", "note": "by hand"])
    let short = try read(
      "input: 10\ntime-steps: 1\nclasses: 2\nlayers: 8-4\nneurons: {beta: 0.5}\n")
    #expect(short.description.layers.map(\.name) == ["fc1", "fc2"])
    #expect(short.description.name == "net" && short.description.input.count == 10)
    #expect(short.description.layers[0].neuron.model == .leaky(beta: 0.5))
  }

  @Test func whatIsWrittenIsRead() throws {
    let neurons: [NeuronParameters] = [
      .leaky(beta: 0.1), NeuronParameters(model: .integrateAndFire, threshold: 0.3, reset: .none),
      NeuronParameters(model: .lapicque(beta: 0.9), resetTiming: .immediate),
      NeuronParameters(
        model: .synaptic(alpha: 0.25, beta: 1 / 3), reset: .multiplicative,
        resetCarriesGradient: true, learnsDecay: true, learnsThreshold: true),
    ]
    for first in neurons {
      for second in neurons {
        var layers = try NetworkNotation.layers("4C3/2p1-BN-AP2-D0.1-7C1-PA2-6", neuron: first)
        layers[1].neuron = second
        let description = NetworkDescription(
          name: "a: b # \"c\" 1", input: FeatureShape(channels: 2, height: 16, width: 16),
          timeSteps: 9, layers: layers, classes: 3)
        let file = NetworkFile(
          description: description, weights: "x y.safetensors", tensorNames: ["conv2": "c.2"],
          hyperparameters: ["seed": "1", "yes": "no", "text": "a: [b"])
        let text = try file.text()
        let again = try read(text)
        #expect(again.description == description, "\(text)")
        #expect(again.weights == file.weights && again.tensorNames == file.tensorNames)
        #expect(again.hyperparameters == file.hyperparameters)
      }
    }
  }

  @Test(arguments: [
    ("input: 1x8x8", "input: 1x8", "give channels x rows x columns"),
    ("time-steps: 4", "time-steps: 0", "net.yaml:3: 'time-steps' is '0'"),
    ("time-steps: 4", "time-steps: +4", "net.yaml:3: 'time-steps' is '+4'; give a whole number"),
    ("time-steps: 4", "timesteps: 4", "did you mean 'time-steps'?"),
    ("classes: 2", "classes: 3", "cannot share equally"),
    ("beta: 0.9, ", "", "'beta' of the neurons is missing"),
    ("neurons: {model: leaky, beta: 0.9, threshold: 1.5}\n", "", "'neurons' is missing"),
    ("beta: 0.9", "beta: .nan", "give a finite number"),
    ("model: leaky", "model: liar", "'model' of the neurons is 'liar'"),
    ("model: leaky", "alpha: 0.5", "the neuron model leaky has no such constant"),
    ("kernel: 3", "kernel: 99", "layer conv1"),
    ("fully-connected: 4", "fully-connected: many", "'fully-connected' of layer fc1 is 'many'"),
    ("of: spikes", "of: spokes", "give one of: currents, spikes"),
    ("dropout: 0.25", "dropout: 1", "from 0 to less than 1"),
    ("dropout: 0.25", "pooling: {size: 2, of: spikes}", "only convolutions are pooled"),
    ("name: fc1", "name: conv1", "the same name"),
    ("name: example", "version: 2\nname: example", "'version' is '2'"),
    ("layers:", "layers: 16C3-x\nlayer:", "net.yaml"),
    ("classes: 2", "classes: *two", "anchors, aliases and tags"),
  ])
  func mistakesAreNamed(_ right: String, _ wrong: String, _ message: String) throws {
    let text = Self.example.replacingOccurrences(of: right, with: wrong)
    #expect(text != Self.example)
    do {
      _ = try read(text)
      Issue.record("'\(wrong)' was accepted")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test func mutatedFilesNeverTrap() throws {
    var random = SeededGenerator(seed: 5)
    let bytes = Array(Self.example.utf8)
    for _ in 0..<2000 {
      var mutated = bytes
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let position = Int.random(in: 0..<mutated.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: mutated[position] = UInt8.random(in: 9...126, using: &random)
        case 1: mutated.remove(at: position)
        default: mutated.insert(bytes.randomElement(using: &random) ?? 32, at: position)
        }
      }
      do {
        _ = try NetworkFile(data: Data(mutated), path: "net.yaml")
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }

  @Test func weightsOfAnotherProgramAreTaken() throws {
    let folder = try TemporaryFolder()
    let shapes = [
      ("features.0.weight", [3, 1, 3, 3]), ("features.0.bias", [3]),
      ("features.0.norm.weight", [3]),
      ("features.0.norm.bias", [3]), ("features.0.norm.running_mean", [3]),
      ("features.0.norm.running_var", [3]), ("fc1.weight", [4, 48]), ("fc1.bias", [4]),
      ("lif1.threshold", [1]),
    ]
    for (type, size) in [("F32", 4), ("F64", 8), ("F16", 2), ("BF16", 2)] {
      try Self.safetensors(shapes, type: type, size: size).write(
        to: URL(fileURLWithPath: folder.path("w.safetensors")))
      try Data(Self.example.utf8).write(to: URL(fileURLWithPath: folder.path("net.yaml")))
      let file = try NetworkFile(path: folder.path("net.yaml"))
      #expect(try file.strangers() == ["lif1.threshold"])
      let model = try ModelFile(path: folder.path("net.yaml"))
      let values = try #require(model.network.weights["conv1.weight"]?.values)
      let expected: [Float] = (0..<27).map { Float($0 % 5) / 4 - 0.5 }
      #expect(values == expected, "\(type)")
    }
    // A plain weights file alone is no network, and says what to do.
    do {
      _ = try ModelFile(path: folder.path("w.safetensors"))
      Issue.record("weights alone were accepted")
    } catch {
      #expect("\(error)".contains("network file (.yaml)"), "\(error)")
    }
  }

  @Test func missingWeightsAreNamed() throws {
    let file = try read("input: 10\ntime-steps: 1\nclasses: 2\nlayers: 8-4\nneurons: {beta: 0.5}\n")
    #expect(throws: NetworkError.self) { try file.model() }
    do {
      _ = try file.model(weights: "no-such-file.safetensors")
      Issue.record("a file that does not exist was read")
    } catch {
      #expect("\(error)".contains("no-such-file.safetensors"), "\(error)")
    }
  }

  /// A file with values -0.5, -0.25, 0, 0.25, 0.5 in turn, exact in every type.
  private static func safetensors(
    _ shapes: [(String, [Int])], type: String, size: Int
  ) throws -> Data {
    var header: [String: Any] = ["__metadata__": ["format": "pt"]]
    var body = Data()
    for (name, shape) in shapes {
      let start = body.count
      for index in 0..<shape.reduce(1, *) {
        let value = Float(index % 5) / 4 - 0.5
        switch type {
        case "F32":
          withUnsafeBytes(of: value.bitPattern.littleEndian) { body.append(contentsOf: $0) }
        case "F64":
          withUnsafeBytes(of: Double(value).bitPattern.littleEndian) { body.append(contentsOf: $0) }
        case "BF16":
          withUnsafeBytes(of: UInt16(value.bitPattern >> 16).littleEndian) {
            body.append(contentsOf: $0)
          }
        default:
          let halves: [UInt16] = [0xB800, 0xB400, 0x0000, 0x3400, 0x3800]
          withUnsafeBytes(of: halves[index % 5].littleEndian) { body.append(contentsOf: $0) }
        }
      }
      #expect(body.count - start == shape.reduce(1, *) * size)
      header[name] = ["dtype": type, "shape": shape, "data_offsets": [start, body.count]]
    }
    let json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys])
    var file = Data()
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { file.append(contentsOf: $0) }
    return file + json + body
  }
}
