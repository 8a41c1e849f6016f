import Foundation

/// The fields of a protocol buffer message, written from the specification of the encoding alone.
struct ProtobufReader {
  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  struct Malformed: Error {}

  private(set) var fields: [(number: UInt64, value: Value)] = []

  init(_ data: Data) throws { try self.init([UInt8](data)[...]) }

  init(_ bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    func variable() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard let byte = rest.popFirst() else { throw Malformed() }
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      throw Malformed()
    }
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard rest.count >= count else { throw Malformed() }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    while !rest.isEmpty {
      let tag = try variable()
      switch tag & 7 {
      case 0: fields.append((tag >> 3, .number(try variable())))
      case 1:
        let value = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        fields.append((tag >> 3, .number(value)))
      case 2: fields.append((tag >> 3, .bytes(try take(Int(try variable())))))
      default: throw Malformed()
      }
    }
  }

  func number(_ field: UInt64) -> UInt64? { numbers(field).last }

  func numbers(_ field: UInt64) -> [UInt64] {
    fields.compactMap { entry in
      if entry.number == field, case .number(let value) = entry.value { value } else { nil }
    }
  }

  func text(_ field: UInt64) -> String? {
    bytes(field).last.map { String(decoding: $0, as: UTF8.self) }
  }

  func messages(_ field: UInt64) throws -> [ProtobufReader] {
    try bytes(field).map { try ProtobufReader($0) }
  }

  private func bytes(_ field: UInt64) -> [ArraySlice<UInt8>] {
    fields.compactMap { entry in
      if entry.number == field, case .bytes(let value) = entry.value { value } else { nil }
    }
  }
}
