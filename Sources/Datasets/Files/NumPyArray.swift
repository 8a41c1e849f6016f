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
    isColumnMajor = order == "True"
  }

  /// Calls a closure with the four values of every row of a two-dimensional array of four columns.
  ///
  /// - Parameters:
  ///   - bytes: the file that the array was made of.
  ///   - body: is given a row's number and values.
  @inline(__always)
  func forEachRowOfFour(
    _ bytes: UnsafeRawBufferPointer,
    _ body: (Int, SIMD4<Double>) -> Void
  ) {
    switch element {
    case .double:
      scan(bytes, as: UInt64.self, { Double(bitPattern: $0) }, body)
    case .float: scan(bytes, as: UInt32.self, { Double(Float(bitPattern: $0)) }, body)
    case .int64: scan(bytes, as: Int64.self, { Double($0) }, body)
    case .int32: scan(bytes, as: Int32.self, { Double($0) }, body)
    case .int16: scan(bytes, as: Int16.self, { Double($0) }, body)
    case .int8: scan(bytes, as: Int8.self, { Double($0) }, body)
    case .uint64: scan(bytes, as: UInt64.self, { Double($0) }, body)
    case .uint32: scan(bytes, as: UInt32.self, { Double($0) }, body)
    case .uint16: scan(bytes, as: UInt16.self, { Double($0) }, body)
    case .uint8: scan(bytes, as: UInt8.self, { Double($0) }, body)
    }
  }

  /// The same for one type of numbers, so that the loop need not ask for it.
  @inline(__always)
  private func scan<Value: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, as type: Value.Type, _ number: (Value) -> Double,
    _ body: (Int, SIMD4<Double>) -> Void
  ) {
    let rows = shape[0]
    let size = MemoryLayout<Value>.size
    let (row, column) = isColumnMajor ? (size, rows * size) : (4 * size, size)
    for index in 0..<rows {
      let first = start + index * row
      body(
        index,
        SIMD4(
          number(bytes.little(first)), number(bytes.little(first + column)),
          number(bytes.little(first + 2 * column)), number(bytes.little(first + 3 * column))))
    }
  }
}
