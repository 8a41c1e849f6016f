/// A platform whose simulation can be checked against recordings.
///
/// A platform reads the parts of a vector that are its own (start, configurations, counts), runs
/// them with every event recorded, and states what the recording would have measured.
protocol VectorPlatform: SendableMetatype {
  /// The platform's name in vectors.
  static var name: String { get }

  /// Replays a vector.
  ///
  /// - Parameters:
  ///   - vector: a vector of this platform.
  ///   - order: the order in which processes of one cycle are resumed, given their number; results
  ///     do not depend on it.
  /// - Returns: for each layer an object with every member that the vector format has for it.
  /// - Throws: ``VectorProblem`` if the vector does not describe a hardware that can be simulated.
  static func replay(
    _ vector: VectorCase, order: ((Int) -> [Int])?
  ) throws(VectorProblem) -> [JSONValue]

  /// States the same by the closed form, which shares no code with the simulation.
  ///
  /// - Parameter vector: a vector of this platform.
  /// - Returns: as ``replay(_:order:)``.
  /// - Throws: as ``replay(_:order:)``.
  static func closedForm(of vector: VectorCase) throws(VectorProblem) -> [JSONValue]

  /// What a recorded layer states about timing: its expectations without the data that some
  /// recordings hold beside the cycles, and that no replay of counts can know.
  ///
  /// - Parameter layer: the layer.
  /// - Returns: what is compared; by default everything.
  static func measurements(of layer: VectorCase.Layer) -> JSONValue
}

extension VectorPlatform where Self: AcceleratorModel {
  /// That of the model.
  static var name: String { platform.rawValue }
}

extension VectorPlatform {
  static func measurements(of layer: VectorCase.Layer) -> JSONValue { layer.expected }
}

/// The platforms that recordings can be checked against.
enum VectorPlatforms {
  static let all: [any VectorPlatform.Type] = [
    Conv2023.self, Hybrid2024.self, FullyConnected2023.self, FullyConnected2023RTL.self,
  ]

  static func named(_ name: String) -> (any VectorPlatform.Type)? {
    all.first { $0.name == name }
  }

  /// All names, for messages.
  static var names: String { all.map { $0.name }.joined(separator: ", ") }
}

/// What keeps a vector from being replayed.
struct VectorProblem: Error {
  /// The layer, from 0; nil if the vector as a whole is meant.
  var layer: Int?
  /// What is wrong, and what to do.
  let message: String

  init(layer: Int? = nil, _ message: String) {
    self.layer = layer
    self.message = message
  }
}
