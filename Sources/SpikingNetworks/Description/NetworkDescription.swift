/// A feed-forward spiking network without its weights.
///
/// Spikes cross all layers within a time step; only the membranes carry state to the next one. The
/// last layer has the same number of neurons for every class, one class after the other
/// (population coding, if more than one).
public struct NetworkDescription: Hashable, Codable, Sendable {
  /// The network's name, for people.
  public var name: String
  /// The extent of the input.
  public var input: FeatureShape
  /// Simulated time steps of every sample (T).
  public var timeSteps: Int
  /// The layers, from the input to the output.
  public var layers: [LayerDescription]
  /// Number of classes.
  public var classes: Int

  /// Creates a description; ``SpikingNetwork`` checks it.
  public init(
    name: String, input: FeatureShape, timeSteps: Int, layers: [LayerDescription], classes: Int
  ) {
    self.name = name
    self.input = input
    self.timeSteps = timeSteps
    self.layers = layers
    self.classes = classes
  }

  /// The shapes that follow from the description, layer by layer.
  ///
  /// - Throws: ``NetworkError`` (`invalidDescription`) if a layer does not fit its input, a number
  ///   is out of range, or the output cannot be divided among the classes.
  public func resolvedShapes() throws(NetworkError) -> [ResolvedLayerShape] {
    guard timeSteps > 0, timeSteps <= Self.largestExtent else {
      throw NetworkError(
        .invalidDescription, "the number of time steps is \(timeSteps)",
        remedy: "give 1 to \(Self.largestExtent)")
    }
    guard !layers.isEmpty else {
      throw NetworkError(
        .invalidDescription, "the network has no layers", remedy: "describe at least one")
    }
    guard Set(layers.map(\.name)).count == layers.count else {
      throw NetworkError(
        .invalidDescription, "two layers have the same name", remedy: "name each layer once")
    }
    try Self.checkExtent(input, "input")
    var shapes: [ResolvedLayerShape] = []
    var current = input
    for layer in layers {
      do {
        let shape = try layer.resolvedShape(input: current)
        try Self.checkExtent(shape.neurons, "layer")
        shapes.append(shape)
        current = shape.output
      } catch {
        throw error.at("layer \(layer.name)")
      }
    }
    // A run keeps every step of every layer, three values a neuron at most.
    let neurons = shapes.reduce(input.count) { $0 + $1.convolved.count + 2 * $1.neurons.count }
    guard neurons <= Self.largestRun / timeSteps else {
      throw NetworkError(
        .invalidDescription,
        "\(timeSteps) time steps of \(neurons) values are more than a run can keep",
        remedy: "use fewer time steps or smaller layers, at most 2^30 values in all")
    }
    guard classes > 0, current.count % classes == 0 else {
      throw NetworkError(
        .invalidDescription,
        "the output has \(current.count) neurons, which \(classes) classes cannot share equally",
        remedy: "make the last layer a multiple of the number of classes")
    }
    return shapes
  }

  /// More than any real network has of anything; keeps products within `Int`.
  static let largestExtent = 1 << 20

  /// Values of a run: 4 GiB.
  static let largestRun = 1 << 30

  private static func checkExtent(_ shape: FeatureShape, _ what: String) throws(NetworkError) {
    let extents = [shape.channels, shape.height, shape.width]
    guard extents.allSatisfy({ $0 > 0 && $0 <= largestExtent }), shape.count <= 1 << 28 else {
      throw NetworkError(
        .invalidDescription, "the \(what) would be \(shape)",
        remedy: "use positive extents and at most 2^28 neurons")
    }
  }
}
