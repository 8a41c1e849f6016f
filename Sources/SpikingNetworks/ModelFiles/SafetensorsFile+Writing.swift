import Foundation

extension SafetensorsFile {
  /// The bytes of a file, the same for the same content.
  ///
  /// - Throws: ``NetworkError`` (`invalidDescription`) if the text has no JSON form.
  package static func encode(
    _ tensors: [NamedTensor], metadata: [String: String]
  ) throws(NetworkError) -> Data {
    var header: [String: Any] = ["__metadata__": metadata]
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.values.count * 4
      header[tensor.name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]]
      offset = end
    }
    var json: Data
    do {
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
    for tensor in tensors {
      let bits = tensor.values.map(\.bitPattern.littleEndian)
      bits.withUnsafeBytes { file.append(contentsOf: $0) }
    }
    return file
  }
}
