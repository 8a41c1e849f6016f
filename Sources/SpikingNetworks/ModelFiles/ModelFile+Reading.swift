import Foundation

extension ModelFile {
  /// Reads a file.
  ///
  /// - Throws: ``NetworkError``: `inputOutput`, `invalidFile`, `invalidDescription` or
  ///   `invalidWeights`, with the file's path as location.
  public init(path: String) throws(NetworkError) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw NetworkError(
        .inputOutput, "the model cannot be read (\(error.localizedDescription))",
        remedy: "check the path", location: path)
    }
    do {
      try self.init(decoding: data)
    } catch {
      throw error.at(path)
    }
  }

  /// Decodes the bytes of a file; no size in them is believed before it is checked.
  ///
  /// - Throws: ``NetworkError``: `invalidFile`, `invalidDescription` or `invalidWeights`.
  public init(decoding data: Data) throws(NetworkError) {
    let (header, body) = try Self.split(data)
    let metadata = header["__metadata__"] as? [String: String] ?? [:]
    guard metadata["format"] == Self.formatName else {
      throw Self.invalid(
        "this safetensors file does not describe a network",
        remedy: "give a model that `lockstep train` wrote")
    }
    guard metadata["version"] == Self.formatVersion else {
      throw Self.invalid(
        "the model has the format version \(metadata["version"] ?? "none"), not 1",
        remedy: "read it with the version of lockstep that wrote it")
    }
    let description: NetworkDescription
    do {
      description = try JSONDecoder().decode(
        NetworkDescription.self, from: Data((metadata["network"] ?? "").utf8))
    } catch {
      throw Self.invalid("the network's description is not understood (\(error))")
    }
    var tensors: [NamedTensor] = []
    for (name, shape) in try description.tensorShapes() {
      tensors.append(try Self.tensor(name, shape: shape, header: header, body: body))
    }
    if let stranger = header.keys.sorted().first(where: { key in
      key != "__metadata__" && !tensors.contains { $0.name == key }
    }) {
      throw Self.invalid("the network has no place for the tensor \(stranger)")
    }
    network = try SpikingNetwork(description, weights: NetworkWeights(tensors: tensors))
    hyperparameters = [:]
    for (key, value) in metadata where key.hasPrefix(Self.hyperparameterPrefix) {
      hyperparameters[String(key.dropFirst(Self.hyperparameterPrefix.count))] = value
    }
  }

  private static func split(_ data: Data) throws(NetworkError) -> ([String: Any], Data) {
    guard data.count >= 8 else {
      throw invalid("the file has \(data.count) bytes and no header")
    }
    var length: UInt64 = 0
    for byte in data.prefix(8).reversed() { length = length << 8 | UInt64(byte) }
    guard length <= UInt64(min(largestHeader, data.count - 8)) else {
      throw invalid("the header claims \(length) bytes, but \(data.count - 8) follow")
    }
    let start = data.startIndex + 8
    let headerEnd = start + Int(length)
    let parsed = try? JSONSerialization.jsonObject(with: data.subdata(in: start..<headerEnd))
    guard let header = parsed as? [String: Any] else {
      throw invalid("the header is not a JSON object")
    }
    return (header, data[headerEnd...])
  }

  private static func tensor(
    _ name: String, shape: [Int], header: [String: Any], body: Data
  ) throws(NetworkError) -> NamedTensor {
    guard let fields = header[name] as? [String: Any] else {
      throw invalid("the tensor \(name) is missing")
    }
    guard let dtype = fields["dtype"] as? String, let stored = fields["shape"] as? [Int],
      let offsets = fields["data_offsets"] as? [Int], offsets.count == 2
    else {
      throw invalid("the entry of tensor \(name) is incomplete")
    }
    guard dtype == "F32" else {
      throw invalid("the tensor \(name) is of type \(dtype), not F32")
    }
    guard stored == shape else {
      throw invalid("the tensor \(name) has the shape \(stored), not \(shape)")
    }
    let count = shape.reduce(1, *)
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= body.count,
      offsets[1] - offsets[0] == count * 4
    else {
      throw invalid(
        "the tensor \(name) should be \(count * 4) bytes at \(offsets[0]) ..< \(offsets[1]) of"
          + " \(body.count)")
    }
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      body.withUnsafeBytes { bytes in
        for index in 0..<count {
          let bits = bytes.loadUnaligned(
            fromByteOffset: offsets[0] + index * 4, as: UInt32.self)
          buffer[index] = Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
      initialized = count
    }
    return NamedTensor(name: name, shape: shape, values: values)
  }

  private static func invalid(
    _ message: String, remedy: String = "fetch or train the model again"
  ) -> NetworkError {
    NetworkError(.invalidFile, message, remedy: remedy)
  }
}
