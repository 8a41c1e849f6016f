/// Everything a replay needs and a person asks of a trace, written once at its head.
///
/// A network of L layers has L + 1 boundaries: boundary 0 is the network's input, boundary k + 1 is
/// what layer k hands to the layer after it (after its pooling, where it has one).
public struct TraceHeader: Hashable, Codable, Sendable {
  /// The network's name, for people: `digits-demo`.
  public var networkName: String
  /// Simulated time steps of every sample (T).
  public var timeSteps: Int
  /// How the input became spikes.
  public var coding: InputCoding
  /// The network's input: channels x height x width.
  public var input: LayerShape
  /// The layers, from the input to the output.
  public var layers: [TracedLayer]
  /// Which data the samples come from.
  public var dataSet: DataSetDescription
  /// How the network was trained, by name: optimiser, learning rate, epochs, surrogate and so on.
  public var hyperparameters: [String: String]
  /// The seed from which the recording's random numbers derive.
  public var seed: UInt64
  /// The version of the software that wrote the trace.
  public var softwareVersion: String

  /// Creates a header.
  public init(
    networkName: String, timeSteps: Int, coding: InputCoding, input: LayerShape,
    layers: [TracedLayer], dataSet: DataSetDescription, hyperparameters: [String: String] = [:],
    seed: UInt64 = 0, softwareVersion: String = SoftwareVersion.current
  ) {
    self.networkName = networkName
    self.timeSteps = timeSteps
    self.coding = coding
    self.input = input
    self.layers = layers
    self.dataSet = dataSet
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.softwareVersion = softwareVersion
  }

  /// The shapes of all layer boundaries, the input's first: `layers.count + 1` of them.
  public var boundaries: [LayerShape] { [input] + layers.map(\.output) }
}
