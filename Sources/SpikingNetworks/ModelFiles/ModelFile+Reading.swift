import Foundation

extension ModelFile {
  /// Reads a model: a safetensors file, or a network file (`.yaml`) with the weights that it names.
  ///
  /// - Throws: ``NetworkError``: `inputOutput`, `invalidFile`, `invalidDescription` or
  ///   `invalidWeights`, with the file's path as location.
  public init(path: String) throws(NetworkError) {
    if NetworkFile.isNetworkFile(path) {
      self = try NetworkFile(path: path).model(weights: nil)
      return
    }
    let data = try Self.bytes(of: path)
    do {
      try self.init(decoding: data)
    } catch {
      throw error.at(path)
    }
  }

  /// The content of a file.
  static func bytes(of path: String) throws(NetworkError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw NetworkError(
        .inputOutput, "the model cannot be read (\(error.localizedDescription))",
        remedy: "check the path", location: path)
    }
  }

  /// Decodes the bytes of a file; no size in them is believed before it is checked.
  ///
  /// - Throws: ``NetworkError``: `invalidFile`, `invalidDescription` or `invalidWeights`.
  public init(decoding data: Data) throws(NetworkError) {
    let file = try SafetensorsFile(decoding: data)
    let metadata = file.metadata
    guard metadata["format"] == Self.formatName else {
      throw SafetensorsFile.invalid(
        "this safetensors file has weights, but does not describe a network",
        remedy: "give a model that `lockstep train` wrote, or a network file (.yaml) whose"
          + " 'weights' name this file")
    }
    guard metadata["version"] == Self.formatVersion else {
      throw SafetensorsFile.invalid(
        "the model has the format version \(metadata["version"] ?? "none"), not 1",
        remedy: "read it with the version of lockstep that wrote it")
    }
    let description: NetworkDescription
    do {
      description = try JSONDecoder().decode(
        NetworkDescription.self, from: Data((metadata["network"] ?? "").utf8))
    } catch {
      throw SafetensorsFile.invalid("the network's description is not understood (\(error))")
    }
    var tensors: [NamedTensor] = []
    for (name, shape) in try description.tensorShapes() {
      tensors.append(try file.tensor(name, as: name, shape: shape))
    }
    if let stranger = file.names.first(where: { name in
      !tensors.contains { $0.name == name }
    }) {
      throw SafetensorsFile.invalid("the network has no place for the tensor \(stranger)")
    }
    network = try SpikingNetwork(description, weights: NetworkWeights(tensors: tensors))
    hyperparameters = [:]
    for (key, value) in metadata where key.hasPrefix(Self.hyperparameterPrefix) {
      hyperparameters[String(key.dropFirst(Self.hyperparameterPrefix.count))] = value
    }
  }
}
