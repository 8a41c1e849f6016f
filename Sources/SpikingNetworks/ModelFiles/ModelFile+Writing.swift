import Foundation

extension ModelFile {
  /// Writes the file under a temporary name and renames it, so that no half-written model is left.
  ///
  /// - Throws: ``NetworkError`` (`inputOutput`).
  public func write(to path: String) throws(NetworkError) {
    do {
      try WholeFile.write(encoded(), to: path)
    } catch let error as NetworkError {
      throw error
    } catch {
      throw NetworkError(
        .inputOutput, "the model cannot be written (\(error.localizedDescription))",
        remedy: "check that the folder exists, may be written to and has space", location: path)
    }
  }

  /// The bytes of the file, the same for the same content.
  ///
  /// - Throws: ``NetworkError`` (`invalidDescription`) if the description has no JSON form.
  public func encoded() throws(NetworkError) -> Data {
    var metadata = ["format": Self.formatName, "version": Self.formatVersion]
    for (name, value) in hyperparameters { metadata[Self.hyperparameterPrefix + name] = value }
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      metadata["network"] = String(
        decoding: try encoder.encode(network.description), as: UTF8.self)
    } catch {
      throw NetworkError(
        .invalidDescription, "the description has no JSON form (\(error))",
        remedy: "use finite numbers")
    }
    return try SafetensorsFile.encode(network.weights.tensors, metadata: metadata)
  }
}
