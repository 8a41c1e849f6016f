import Foundation

/// The parts of a safetensors file; no size in it is believed before it is checked.
///
/// A 64-bit little-endian length, a JSON header of that length, and the raw little-endian values
/// (https://github.com/huggingface/safetensors, format description).
package struct SafetensorsFile {
  /// The largest header that a reader accepts, as the reference implementation does.
  static let largestHeader = 100_000_000

  /// The free texts of the header.
  package let metadata: [String: String]
  /// The names of all tensors, sorted.
  package let names: [String]
  private let header: [String: Any]
  private let body: Data

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
    names = header.keys.filter { $0 != "__metadata__" }.sorted()
    body = data[headerEnd...]
  }

  /// A tensor as 32-bit floats.
  ///
  /// - Parameters:
  ///   - name: the tensor's name in the file.
  ///   - result: its name in the network.
  ///   - shape: the shape that it must have.
  /// - Returns: the tensor; values of the types F16, BF16 and F64 are converted.
  /// - Throws: ``NetworkError`` (`invalidFile`) that names the tensor.
  package func tensor(
    _ name: String, as result: String, shape: [Int]
  ) throws(NetworkError) -> NamedTensor {
    guard let fields = header[name] as? [String: Any] else {
      throw Self.invalid(
        "the tensor \(name) is missing; the file has \(names.prefix(12).joined(separator: ", "))")
    }
    guard let dtype = fields["dtype"] as? String, let stored = fields["shape"] as? [Int],
      let offsets = fields["data_offsets"] as? [Int], offsets.count == 2
    else {
      throw Self.invalid("the entry of tensor \(name) is incomplete")
    }
    guard let type = ElementType(rawValue: dtype) else {
      throw Self.invalid("the tensor \(name) is of type \(dtype), not F32, F16, BF16 or F64")
    }
    guard stored == shape else {
      throw Self.invalid("the tensor \(name) has the shape \(stored), not \(shape)")
    }
    let count = shape.reduce(1, *)
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= body.count,
      offsets[1] - offsets[0] == count * type.size
    else {
      throw Self.invalid(
        "the tensor \(name) should be \(count * type.size) bytes at \(offsets[0]) ..<"
          + " \(offsets[1]) of \(body.count)")
    }
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      body.withUnsafeBytes { bytes in
        for index in 0..<count {
          buffer[index] = type.value(bytes, at: offsets[0] + index * type.size)
        }
      }
      initialized = count
    }
    return NamedTensor(name: result, shape: shape, values: values)
  }

  static func invalid(
    _ message: String, remedy: String = "fetch or train the model again"
  ) -> NetworkError {
    NetworkError(.invalidFile, message, remedy: remedy)
  }

  /// The types of values that become weights.
  private enum ElementType: String {
    case single = "F32"
    case half = "F16"
    case brain = "BF16"
    case double = "F64"

    var size: Int {
      switch self {
      case .half, .brain: 2
      case .single: 4
      case .double: 8
      }
    }

    func value(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
      func bits<Bits: FixedWidthInteger>(_ type: Bits.Type) -> Bits {
        Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
      }
      switch self {
      case .single: return Float(bitPattern: bits(UInt32.self))
      case .double: return Float(Double(bitPattern: bits(UInt64.self)))
      case .brain: return Float(bitPattern: UInt32(bits(UInt16.self)) << 16)
      case .half: return Self.single(fromHalf: bits(UInt16.self))
      }
    }

    /// IEEE 754 binary16 to binary32; `Float16` does not exist on every platform.
    private static func single(fromHalf half: UInt16) -> Float {
      let sign: Float = half >> 15 == 0 ? 1 : -1
      let exponent = Int(half >> 10 & 31)
      let fraction = Float(half & 1023)
      switch exponent {
      case 0: return sign * Float(sign: .plus, exponent: -24, significand: fraction)
      case 31: return fraction == 0 ? sign * .infinity : .nan
      default:
        return sign * Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
      }
    }
  }
}
