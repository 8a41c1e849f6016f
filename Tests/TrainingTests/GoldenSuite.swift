import Foundation
import SpikingNetworks
import TestSupport
import Training

/// One file of reference values and the network that it was computed with.
struct GoldenSuite {
  /// The part of the JSON that the tests read.
  struct Index: Decodable {
    var cases: [Forward]
  }

  struct Forward: Decodable {
    var forward: String
    var neuron: String
    var theta: Float
    var reset: String
    var params: [String: Float]
    var grads: [Gradient]
  }

  struct Gradient: Decodable {
    var key: String
    var surrogate: String
    var surrogateParams: [String: Float]
    var loss: String
    var lossParams: [String: Float]

    enum CodingKeys: String, CodingKey {
      case key
      case surrogate
      case surrogateParams = "surrogate_params"
      case loss
      case lossParams = "loss_params"
    }
  }

  let index: Index
  let archive: NumPyArchive
  let inputs: [[Float]]
  let labels: [Int]
  private let name: String

  init(_ name: String) throws {
    self.name = name
    archive = try NumPyArchive(Fixture.data("\(name).npz.zst"))
    index = try JSONDecoder().decode(Index.self, from: Fixture.data("\(name).json.zst"))
    labels = try archive.array("y").values.map { Int($0) }
    inputs = try GoldenSuite.perSample(archive.array("x"))
  }

  /// The file of single cases, which has no common index.
  static func extra() throws -> GoldenSuite {
    let archive = try NumPyArchive(Fixture.data("extra.npz.zst"))
    return GoldenSuite(
      index: Index(cases: []), archive: archive,
      inputs: perSample(try archive.array("x")),
      labels: try archive.array("y").values.map { Int($0) }, name: "fc_extra")
  }

  private init(
    index: Index, archive: NumPyArchive, inputs: [[Float]], labels: [Int], name: String
  ) {
    self.index = index
    self.archive = archive
    self.inputs = inputs
    self.labels = labels
    self.name = name
  }

  /// Rearranges `[time step, sample, ...]` as one array a sample.
  static func perSample(_ array: NumPyArray) -> [[Float]] {
    let size = array.shape.dropFirst(2).reduce(1, *)
    let samples = array.shape[1]
    return (0..<samples).map { sample in
      (0..<array.shape[0]).flatMap { step in
        let start = (step * samples + sample) * size
        return array.values[start..<(start + size)]
      }
    }
  }

  func network(_ forward: Forward) throws -> SpikingNetwork {
    let neuron = NeuronParameters(
      model: try model(forward), threshold: forward.theta,
      reset: try value(NeuronParameters.Reset(rawValue: forward.reset), forward.reset))
    return try network(neuron)
  }

  func network(_ neuron: NeuronParameters) throws -> SpikingNetwork {
    let isConvolution = name.hasPrefix("conv")
    let position: LayerDescription.Pooling.Position =
      name.contains("poollif") ? .beforeNeuron : .afterNeuron
    let first =
      isConvolution
      ? LayerDescription(
        name: "first", operation: .convolution(channels: 4, kernel: 3, stride: 1, padding: 1),
        pooling: .init(size: 2, position: position), neuron: neuron)
      : LayerDescription(name: "first", operation: .fullyConnected(neurons: 5), neuron: neuron)
    let description = NetworkDescription(
      name: name,
      input: isConvolution
        ? FeatureShape(channels: 2, height: 8, width: 8) : FeatureShape(channels: 6),
      timeSteps: 6,
      layers: [
        first,
        LayerDescription(name: "second", operation: .fullyConnected(neurons: 3), neuron: neuron),
      ], classes: 3)
    let tensors = try [
      ("first.weight", "W1"), ("first.bias", "b1"), ("second.weight", "W2"),
      ("second.bias", "b2"),
    ].map { name, key in
      let array = try archive.array(key)
      return NamedTensor(name: name, shape: array.shape, values: array.values)
    }
    return try SpikingNetwork(description, weights: NetworkWeights(tensors: tensors))
  }

  private func model(_ forward: Forward) throws -> NeuronModel {
    let params = forward.params
    switch forward.neuron {
    case "leaky": return .leaky(beta: try value(params["beta"], "beta"))
    case "synaptic":
      return .synaptic(
        alpha: try value(params["alpha"], "alpha"), beta: try value(params["beta"], "beta"))
    default:
      if let beta = params["beta"] { return .lapicque(beta: beta) }
      return .lapicque(
        resistance: try value(params["R"], "R"), capacitance: try value(params["C"], "C"),
        timeStep: try value(params["time_step"], "time_step"))
    }
  }

  func surrogate(_ gradient: Gradient) throws -> Surrogate {
    let params = gradient.surrogateParams
    func scale(_ name: String) throws -> Float { try value(params[name], name) }
    switch gradient.surrogate {
    case "fast_sigmoid": return .fastSigmoid(slope: try scale("slope"))
    case "atan": return .arctangent(alpha: try scale("alpha"))
    case "sigmoid": return .sigmoid(slope: try scale("slope"))
    case "spike_rate_escape":
      return .spikeRateEscape(beta: try scale("beta"), slope: try scale("slope"))
    case "straight_through": return .straightThrough
    case "triangular": return .triangularOfSnnTorch(threshold: try scale("threshold"))
    default: throw NumPyArray.Failure(description: "no surrogate \(gradient.surrogate)")
    }
  }

  func loss(_ gradient: Gradient) throws -> SpikeLoss {
    switch gradient.loss {
    case "ce_count": return .countCrossEntropy
    case "ce_rate": return .rateCrossEntropy
    case "mse_count":
      return .countMeanSquaredError(
        correctRate: try value(gradient.lossParams["correct_rate"], "correct_rate"),
        incorrectRate: try value(gradient.lossParams["incorrect_rate"], "incorrect_rate"))
    default: throw NumPyArray.Failure(description: "no loss \(gradient.loss)")
    }
  }

  private func value<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw NumPyArray.Failure(description: "no \(name)") }
    return value
  }
}

/// The largest difference, in units of max(1, the largest reference value).
func relativeDifference(_ ours: [Float], _ reference: [Float]) -> Float {
  guard ours.count == reference.count else { return .infinity }
  let scale = max(1, reference.map(abs).max() ?? 0)
  return zip(ours, reference).map { $0 == $1 ? 0 : abs($0 - $1) / scale }.max() ?? 0
}
