import Foundation

extension ModelFile {
  /// Writes the file under a temporary name and renames it, so that no half-written model is left.
  ///
  /// - Throws: ``NetworkError`` (`inputOutput`).
  public func write(to path: String) throws(NetworkError) {
    do {
      try encoded().write(to: URL(fileURLWithPath: path), options: .atomic)
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
    var header: [String: Any] = [:]
    var offset = 0
    for tensor in network.weights.tensors {
      let end = offset + tensor.values.count * 4
      header[tensor.name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]]
      offset = end
    }
    var metadata = ["format": Self.formatName, "version": Self.formatVersion]
    for (name, value) in hyperparameters { metadata[Self.hyperparameterPrefix + name] = value }
    var json: Data
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      metadata["network"] = String(
        decoding: try encoder.encode(network.description), as: UTF8.self)
      header["__metadata__"] = metadata
      json = try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys])
    } catch {
      throw NetworkError(
        .invalidDescription, "the description has no JSON form (\(error))",
        remedy: "use finite numbers")
    }
    // The format asks for values on 8-byte boundaries; spaces may follow the JSON.
    json.append(Data(repeating: 0x20, count: (8 - json.count % 8) % 8))
    var file = Data(capacity: 8 + json.count + offset)
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { file.append(contentsOf: $0) }
    file.append(json)
    for tensor in network.weights.tensors {
      let bits = tensor.values.map(\.bitPattern.littleEndian)
      bits.withUnsafeBytes { file.append(contentsOf: $0) }
    }
    return file
  }
}
