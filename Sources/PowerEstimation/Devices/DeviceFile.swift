import CheckedYAML
import Foundation
import Yams

/// A file of a device, or of a set of power coefficients, while it is read.
struct DataFile {
  static let subject = YAMLText.Subject(
    noun: "device file", guide: "docs/Power.md",
    whereToFindOne: "the folder hardware/devices has ready-made devices")

  let fields: YAMLFields

  init(path: String, keys: [String], noun: String) throws(EstimationError) {
    fields = try EstimationError.reading { () throws(YAMLTextError) in
      try Self.fields(YAMLText(path: path, subject: Self.subject), keys: keys, noun: noun)
    }
  }

  init(data: Data, path: String, keys: [String], noun: String) throws(EstimationError) {
    fields = try EstimationError.reading { () throws(YAMLTextError) in
      try Self.fields(
        YAMLText(path: path, data: data, subject: Self.subject), keys: keys, noun: noun)
    }
  }

  private static func fields(
    _ text: YAMLText, keys: [String], noun: String
  ) throws(YAMLTextError) -> YAMLFields {
    guard let root = try text.compose() else {
      throw YAMLTextError(
        file: text.path, message: "the file is empty; docs/Power.md shows a complete \(noun)")
    }
    return try YAMLFields(root, path: text.path, line: 1, describing: "a \(noun)", keys: keys)
  }
}

extension YAMLFields {
  /// A text that must be there.
  func required(_ key: String, _ example: String) throws(YAMLTextError) -> String {
    guard let text = try text(key, example) else { throw missing(key, example) }
    return text
  }

  /// A whole number that must be there.
  func required(_ key: String, in range: ClosedRange<Int>) throws(YAMLTextError) -> Int {
    guard let number = try integer(key, in: range) else {
      throw missing(key, "\(range.upperBound)")
    }
    return number
  }

  /// A quantity with its unit that must be there.
  func quantity(_ key: String, in unit: String, _ example: String) throws(YAMLTextError) -> Double {
    let text = try required(key, example)
    guard let value = Quantity.value(text, in: unit) else {
      throw mismatch(key, "give a number with its unit, such as \(example)")
    }
    return value
  }

  /// The fields of a mapping that is the value of a key; nil if the key is absent.
  func mapping(_ key: String, keys: [String]) throws(YAMLTextError) -> YAMLFields? {
    guard let node = node(key) else { return nil }
    return try YAMLFields(
      node, path: path, line: line(of: key), describing: "'\(key)'", owner: " of '\(key)'",
      keys: keys)
  }

  /// The keys `value`, `low` and `high` of an estimate.
  func estimate(in unit: String, _ example: String) throws(YAMLTextError) -> Estimate {
    let value = try quantity("value", in: unit, example)
    let low = try quantity("low", in: unit, example)
    let high = try quantity("high", in: unit, example)
    guard low <= value, value <= high else {
      throw mismatch("value", "it must lie between low and high")
    }
    return Estimate(value, low: low, high: high)
  }
}
