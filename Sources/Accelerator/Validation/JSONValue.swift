/// A JSON document as a value, for comparing what was expected with what came out.
public indirect enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number without a fraction.
  case integer(Int64)
  /// Any other number.
  case real(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object([String: JSONValue])

  /// A number, from a cycle or a count.
  static func number(_ value: UInt64) -> JSONValue { .integer(Int64(clamping: value)) }

  /// An array of numbers.
  static func numbers(_ values: [UInt64]) -> JSONValue { .array(values.map(number)) }

  /// The members of an object, or nil.
  var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }

  /// The elements of an array, or nil.
  var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// A whole number, or nil.
  var integer: Int? { if case .integer(let value) = self { Int(value) } else { nil } }

  /// A string, or nil.
  var string: String? { if case .string(let value) = self { value } else { nil } }

  /// Scalars in this value, those of its parts included.
  var scalarCount: Int {
    switch self {
    case .array(let elements): elements.reduce(0) { $0 + $1.scalarCount }
    case .object(let members): members.values.reduce(0) { $0 + $1.scalarCount }
    default: 1
    }
  }

  /// All whole numbers in reading order, whatever the nesting; nil if there is anything else.
  var flattenedIntegers: [Int]? {
    switch self {
    case .integer(let value): return [Int(value)]
    case .array(let elements):
      var flat: [Int] = []
      for element in elements {
        guard let part = element.flattenedIntegers else { return nil }
        flat += part
      }
      return flat
    default: return nil
    }
  }
}

extension JSONValue: Decodable {
  /// Decodes any JSON value.
  public init(from decoder: any Decoder) throws {
    if var elements = try? decoder.unkeyedContainer() {
      var array: [JSONValue] = []
      while !elements.isAtEnd { array.append(try elements.decode(JSONValue.self)) }
      self = .array(array)
      return
    }
    let value = try decoder.singleValueContainer()
    if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let members = try? value.decode([String: JSONValue].self) {
      self = .object(members)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else if value.decodeNil() {
      self = .null
    } else {
      self = .real(try value.decode(Double.self))
    }
  }
}

extension JSONValue: Encodable {
  /// Encodes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }
}

extension JSONValue: CustomStringConvertible {
  /// Compact JSON with sorted keys.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .real(let value): "\(value)"
    case .string(let value): "\"\(value)\""
    case .array(let elements): "[\(elements.map(\.description).joined(separator: ","))]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        .joined(separator: ",") + "}"
    }
  }
}
