/// A JSON value, written as a literal: the form of chart specifications and their data.
public enum ChartJSON: Hashable, Sendable {
  /// `null`, `true` or `false`.
  case null
  /// A truth value.
  case flag(Bool)
  /// A number; one that is not finite is written as `null`.
  case number(Double)
  /// A text.
  case text(String)
  /// A list.
  case list([ChartJSON])
  /// An object; its keys are written in alphabetical order.
  case object([String: ChartJSON])
}

extension ChartJSON: ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A list.
  public init(arrayLiteral elements: ChartJSON...) { self = .list(elements) }
  /// An object.
  public init(dictionaryLiteral elements: (String, ChartJSON)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}

extension ChartJSON: Encodable {
  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .number(let value) where !value.isFinite: try container.encodeNil()
    // Whole numbers without a decimal point, as people write them.
    case .number(let value) where value == value.rounded() && abs(value) < 1e15:
      try container.encode(Int64(value))
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }
}
