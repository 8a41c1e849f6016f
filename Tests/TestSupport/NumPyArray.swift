import Foundation

/// An array of NumPy's `.npy` format, its values as `Float`.
///
/// Reads little-endian float32, int64 and uint8 in C order, which is what our fixtures hold.
public struct NumPyArray {
  /// Why an array cannot be read.
  public struct Failure: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    /// Creates a failure.
    public init(description: String) { self.description = description }
  }

  /// The extents.
  public let shape: [Int]
  /// The values in row-major order.
  public let values: [Float]

  /// Decodes the bytes of a `.npy` file.
  public init(_ bytes: Data) throws {
    let bytes = Data(bytes)
    guard bytes.count > 10, bytes.prefix(6) == Data([0x93] + Array("NUMPY".utf8)) else {
      throw Failure(description: "not an .npy array")
    }
    let isShort = bytes[6] == 1
    let length =
      isShort
      ? Int(bytes[8]) | Int(bytes[9]) << 8
      : (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = isShort ? 10 : 12
    let header = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    guard header.contains("'fortran_order': False"),
      let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")")
    else { throw Failure(description: "unexpected header \(header)") }
    shape = header[header.index(after: open)..<close].split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    let count = shape.reduce(1, *)
    let content = bytes[(start + length)...]
    values = try content.withUnsafeBytes { raw in
      func decode<Element>(_ type: Element.Type, _ convert: (Element) -> Float) throws -> [Float] {
        guard raw.count == count * MemoryLayout<Element>.size else {
          throw Failure(description: "\(raw.count) bytes for \(count) values")
        }
        return (0..<count).map {
          convert(raw.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Element>.size, as: type))
        }
      }
      if header.contains("'<f4'") { return try decode(Float.self) { $0 } }
      if header.contains("'<i8'") { return try decode(Int64.self) { Float($0) } }
      if header.contains("'|u1'") { return try decode(UInt8.self) { Float($0) } }
      throw Failure(description: "unexpected type in \(header)")
    }
  }
}
