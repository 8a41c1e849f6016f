import Foundation

/// The layout of a numeric array in a `.npy` file.
///
/// `\x93NUMPY`, two bytes of version, the header's length (16 bits in version 1, 32 in 2 and 3), the
/// header as a Python dictionary, then the values (NumPy, *NEP 1*).
struct NumPyArray {
  /// A type of numbers, little-endian.
  private enum Element: String {
    case double = "<f8"
    case float = "<f4"
    case int64 = "<i8"
    case int32 = "<i4"
    case int16 = "<i2"
    case int8 = "|i1"
    case uint64 = "<u8"
    case uint32 = "<u4"
    case uint16 = "<u2"
    case uint8 = "|u1"

    var size: Int { Int(rawValue.suffix(1)) ?? 1 }
  }

  let shape: [Int]
  private let element: Element
  private let elementSize: Int
  private let isColumnMajor: Bool
  private let start: Int

  init(_ bytes: UnsafeRawBufferPointer, _ file: FileBytes) throws(DatasetError) {
    guard bytes.count >= 12, bytes.prefix(6).elementsEqual([0x93] + Array("NUMPY".utf8)) else {
      throw file.corrupt("this is not an .npy file")
    }
    let isShort = bytes[6] == 1
    let first = isShort ? 10 : 12
    let length =
      isShort ? Int(bytes.little(8, as: UInt16.self)) : Int(bytes.little(8, as: UInt32.self))
    guard (1...3).contains(bytes[6]), length <= bytes.count - first else {
      throw file.corrupt("the header claims \(length) bytes, but \(bytes.count - first) follow")
    }
    start = first + length
    let header = String(decoding: bytes[first..<start], as: UTF8.self)
    guard let type = header.firstMatch(of: /'descr': *'([^']*)'/)?.1,
      let order = header.firstMatch(of: /'fortran_order': *(True|False)/)?.1,
      let extents = header.firstMatch(of: /'shape': *\(([0-9, ]*)\)/)?.1
    else {
      throw file.corrupt("the header is not understood: \(header.prefix(120))")
    }
    guard let element = Element(rawValue: String(type)) else {
      throw file.corrupt("the values are of type \(type), not integers or floats of up to 8 bytes")
    }
    var shape: [Int] = []
    var count = 1
    for part in extents.split(separator: ",") {
      guard let extent = Int(part.trimmingCharacters(in: .whitespaces)) else {
        throw file.corrupt("the shape (\(extents)) is not understood")
      }
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard !overflows, product <= 1 << 40 else {
        throw file.corrupt("the shape (\(extents)) is absurd")
      }
      shape.append(extent)
      count = product
    }
    guard bytes.count - start == count * element.size else {
      throw file.corrupt(
        "\(count) values of \(element.size) bytes are promised, but \(bytes.count - start) bytes"
          + " follow")
    }
    self.shape = shape
    self.element = element
    elementSize = element.size
    isColumnMajor = order == "True"
  }

  /// A value of a two-dimensional array.
  func value(_ row: Int, _ column: Int, _ bytes: UnsafeRawBufferPointer) -> Double {
    let index = isColumnMajor ? column * shape[0] + row : row * shape[1] + column
    let offset = start + index * elementSize
    return switch element {
    case .double: Double(bitPattern: bytes.little(offset))
    case .float: Double(Float(bitPattern: bytes.little(offset)))
    case .int64: Double(bytes.little(offset, as: Int64.self))
    case .int32: Double(bytes.little(offset, as: Int32.self))
    case .int16: Double(bytes.little(offset, as: Int16.self))
    case .int8: Double(bytes.little(offset, as: Int8.self))
    case .uint64: Double(bytes.little(offset, as: UInt64.self))
    case .uint32: Double(bytes.little(offset, as: UInt32.self))
    case .uint16: Double(bytes.little(offset, as: UInt16.self))
    case .uint8: Double(bytes[offset])
    }
  }
}
