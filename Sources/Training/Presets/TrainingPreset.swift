import Datasets
import SpikingNetworks

/// A network with the settings that train it, under a name.
public struct TrainingPreset: Sendable {
  /// The preset's name, as the command line takes it.
  public let name: String
  /// What it is for, in one sentence.
  public let purpose: String
  /// Where network and settings come from: a paper with its code, or ourselves.
  public let source: String
  /// What differs from the source, a sentence each.
  public let deviations: [String]
  /// The data set that it is for, by its name.
  public let dataSet: String
  /// What the samples of that data set are.
  public let kind: SampleKind
  /// The layers but the last in ``NetworkNotation``.
  public let hiddenLayers: String
  /// Neurons of the last layer for every class.
  public let neuronsPerClass: Int
  /// The neurons of every layer.
  public let neuron: NeuronParameters
  /// Time steps (T).
  public let timeSteps: Int
  /// The part of the samples that is held out for the test, if there is no test set.
  public let testFraction: Double
  /// The part of the rest that chooses the best epoch.
  public let validationFraction: Double
  /// Whether the best epoch is chosen on the test samples, because the source does so.
  public let choosesOnTestSamples: Bool
  /// Numbers of time steps besides T at which the test is made, too, because the source does so.
  public let furtherTestTimeSteps: [Int]
  /// How to train.
  public let settings: TrainingSettings

  init(
    _ name: String, purpose: String, source: String, deviations: [String] = [], dataSet: String,
    kind: SampleKind = .images, hiddenLayers: String, neuronsPerClass: Int,
    neuron: NeuronParameters, timeSteps: Int, testFraction: Double = 0.2,
    validationFraction: Double = 0.1, choosesOnTestSamples: Bool = false,
    furtherTestTimeSteps: [Int] = [], settings: TrainingSettings
  ) {
    self.name = name
    self.purpose = purpose
    self.source = source
    self.deviations = deviations
    self.dataSet = dataSet
    self.kind = kind
    self.hiddenLayers = hiddenLayers
    self.neuronsPerClass = neuronsPerClass
    self.neuron = neuron
    self.timeSteps = timeSteps
    self.testFraction = testFraction
    self.validationFraction = validationFraction
    self.choosesOnTestSamples = choosesOnTestSamples
    self.furtherTestTimeSteps = furtherTestTimeSteps
    self.settings = settings
  }

  /// The preset of a name.
  ///
  /// - Throws: ``TrainingError`` (`invalidSettings`) that lists the names there are.
  public static func named(_ name: String) throws(TrainingError) -> TrainingPreset {
    if let preset = all.first(where: { $0.name == name }) { return preset }
    throw TrainingError(
      .invalidSettings, "there is no preset called '\(name)'",
      remedy: "choose one of: \(all.map(\.name).joined(separator: ", "))")
  }

  /// All layers for so many classes, in ``NetworkNotation``.
  public func layers(classes: Int) -> String { "\(hiddenLayers)-\(neuronsPerClass * classes)" }

  /// A network in short notation for a data set as an encoder makes input of it.
  ///
  /// - Throws: ``TrainingError``: `network` if the notation does not fit the input, or what the
  ///   encoder complains of.
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
