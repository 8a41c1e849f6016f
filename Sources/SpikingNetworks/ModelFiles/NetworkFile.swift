import CheckedYAML
import Foundation

/// A network as people write and read it: a YAML file, beside a safetensors file with its weights.
///
/// `docs/ModelFiles.md` explains every key. The weights may come from any program that writes
/// safetensors, under PyTorch's names and shapes.
public struct NetworkFile: Sendable {
  /// The network.
  public var description: NetworkDescription
  /// The file of the weights, as seen from the folder of this file; nil if it names none.
  public var weights: String?
  /// By layer, the name under which the weights file has its tensors, where it is another one.
  public var tensorNames: [String: String]
  /// How the network was made, by name; for people.
  public var hyperparameters: [String: String]
  /// Where the file is; empty if it is in memory only.
  public let path: String

  /// Creates the content of a file.
  public init(
    description: NetworkDescription, weights: String? = nil, tensorNames: [String: String] = [:],
    hyperparameters: [String: String] = [:]
  ) {
    self.init(
      description: description, weights: weights, tensorNames: tensorNames,
      hyperparameters: hyperparameters, path: "")
  }

  init(
    description: NetworkDescription, weights: String?, tensorNames: [String: String],
    hyperparameters: [String: String], path: String
  ) {
    self.description = description
    self.weights = weights
    self.tensorNames = tensorNames
    self.hyperparameters = hyperparameters
    self.path = path
  }

  static let formatName = "lockstep-network"
  static let formatVersion = 1
  static let subject = YAMLText.Subject(
    noun: "network file", guide: "docs/ModelFiles.md",
    whereToFindOne: "the folder models/ has ready-made networks")

  /// Whether a path names a network file, by its extension.
  public static func isNetworkFile(_ path: String) -> Bool {
    ["yaml", "yml"].contains(URL(fileURLWithPath: path).pathExtension.lowercased())
  }

  /// The network with its weights.
  ///
  /// - Parameter weights: the file of the weights; the one that this file names if nil.
  /// - Returns: a model whose weights have been checked against the description. Tensors of the
  ///   weights file that the network has no place for, such as the constants of snnTorch's neurons,
  ///   are left out: ``strangers(weights:)`` names them.
  /// - Throws: ``NetworkError``: `inputOutput`, `invalidFile`, `invalidDescription` or
  ///   `invalidWeights`.
  public func model(weights: String? = nil) throws(NetworkError) -> ModelFile {
    let (file, place) = try weightsFile(weights)
    do {
      var tensors: [NamedTensor] = []
      for (name, shape) in try description.tensorShapes() {
        tensors.append(try file.tensor(nameInWeights(name), as: name, shape: shape))
      }
      return ModelFile(
        network: try SpikingNetwork(description, weights: NetworkWeights(tensors: tensors)),
        hyperparameters: hyperparameters)
    } catch {
      throw error.at(place)
    }
  }

  /// The names of tensors that the weights file has and the network does not need.
  ///
  /// - Parameter weights: as for ``model(weights:)``.
  /// - Throws: ``NetworkError``: `inputOutput`, `invalidFile` or `invalidDescription`.
  /// - Returns: the names, sorted.
  public func strangers(weights: String? = nil) throws(NetworkError) -> [String] {
    let needed = Set(try description.tensorShapes().map { nameInWeights($0.name) })
    return try weightsFile(weights).file.names.filter { !needed.contains($0) }
  }

  private func weightsFile(
    _ chosen: String?
  ) throws(NetworkError) -> (file: SafetensorsFile, place: String) {
    guard let place = chosen ?? weights.map(besideThis) else {
      throw NetworkError(
        .invalidFile, "the network file names no weights",
        remedy: "add 'weights: FILE.safetensors', or give the weights on the command line",
        location: path)
    }
    do {
      return (try SafetensorsFile(decoding: try ModelFile.bytes(of: place)), place)
    } catch {
      throw error.location.isEmpty ? error.at(place) : error
    }
  }

  private func besideThis(_ file: String) -> String {
    guard !file.hasPrefix("/"), path.contains("/") else { return file }
    return path[...(path.lastIndex(of: "/") ?? path.startIndex)] + file
  }

  /// `conv1.weight` is `features.0.weight` for a layer whose tensors are under `features.0`.
  private func nameInWeights(_ name: String) -> String {
    guard let layer = description.layers.first(where: { name.hasPrefix($0.name + ".") }),
      let other = tensorNames[layer.name]
    else { return name }
    return other + name.dropFirst(layer.name.count)
  }
}
