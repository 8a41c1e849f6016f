import Foundation

/// A safetensors file of 32-bit floats: named tensors, and text about them.
///
/// A 64-bit little-endian length, a JSON header of that length, and the raw little-endian values
/// (https://github.com/huggingface/safetensors, format description).
package struct TensorFile {
  /// What the file says about itself.
  package let metadata: [String: String]
  private let header: [String: Any]
  private let body: Data

  /// The largest header that a reader accepts, as the reference implementation does.
  private static let largestHeader = 100_000_000

  /// Reads the header; no size in the bytes is believed before it is checked.
  ///
  /// - Throws: ``NetworkError`` (`invalidFile`).
  package init(decoding data: Data) throws(NetworkError) {
    guard data.count >= 8 else {
      throw Self.invalid("the file has \(data.count) bytes and no header")
    }
    var length: UInt64 = 0
    for byte in data.prefix(8).reversed() { length = length << 8 | UInt64(byte) }
    guard length <= UInt64(min(Self.largestHeader, data.count - 8)) else {
      throw Self.invalid("the header claims \(length) bytes, but \(data.count - 8) follow")
    }
    let start = data.startIndex + 8
    let headerEnd = start + Int(length)
    let parsed = try? JSONSerialization.jsonObject(with: data.subdata(in: start..<headerEnd))
    guard let header = parsed as? [String: Any] else {
      throw Self.invalid("the header is not a JSON object")
    }
    self.header = header
    metadata = header["__metadata__"] as? [String: String] ?? [:]
    body = data[headerEnd...]
  }

  /// The names of all tensors, sorted.
  package var names: [String] { header.keys.filter { $0 != "__metadata__" }.sorted() }

  /// A tensor that must be there in a shape.
  ///
  /// - Throws: ``NetworkError`` (`invalidFile`).
  package func tensor(_ name: String, shape: [Int]) throws(NetworkError) -> NamedTensor {
    guard let fields = header[name] as? [String: Any] else {
      throw Self.invalid("the tensor \(name) is missing")
    }
    guard let dtype = fields["dtype"] as? String, let stored = fields["shape"] as? [Int],
      let offsets = fields["data_offsets"] as? [Int], offsets.count == 2
    else {
      throw Self.invalid("the entry of tensor \(name) is incomplete")
    }
    guard dtype == "F32" else {
      throw Self.invalid("the tensor \(name) is of type \(dtype), not F32")
    }
    guard stored == shape else {
      throw Self.invalid("the tensor \(name) has the shape \(stored), not \(shape)")
    }
    let count = shape.reduce(1, *)
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= body.count,
      offsets[1] - offsets[0] == count * 4
    else {
      throw Self.invalid(
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

  static func invalid(
    _ message: String, remedy: String = "fetch or train the model again"
  ) -> NetworkError {
    NetworkError(.invalidFile, message, remedy: remedy)
  }
}
