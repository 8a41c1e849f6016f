/// The difference between what a vector expects and what an engine computed.
public struct VectorComparison: Sendable {
  /// One value that differs.
  public struct Mismatch: Hashable, Sendable, CustomStringConvertible {
    /// Where: `bursts[3][1]`.
    public let path: String
    /// What the vector says; nil where it says nothing.
    public let expected: JSONValue?
    /// What the engine says; nil where it says nothing.
    public let computed: JSONValue?

    /// `bursts[3][1]: expected 103, computed 104`.
    public var description: String {
      "\(path): expected \(expected?.description ?? "nothing"), "
        + "computed \(computed?.description ?? "nothing")"
    }
  }

  /// Numbers that the vector states.
  public private(set) var compared = 0
  /// Numbers that differ, are missing or are too many.
  public private(set) var mismatches = 0
  /// The first of them, in the order of the vector's keys.
  public private(set) var first: Mismatch?

  /// An empty comparison.
  public init() {}

  /// Compares two values, part by part.
  ///
  /// - Parameters:
  ///   - expected: what the vector states; every number in it counts.
  ///   - computed: what the engine states; members that the vector does not ask for are
  ///     ignored.
  ///   - path: where the values stand.
  public mutating func compare(_ expected: JSONValue, _ computed: JSONValue?, at path: String) {
    switch (expected, computed) {
    case (.array(let left), .array(let right)):
      for index in 0..<max(left.count, right.count) {
        let place = "\(path)[\(index)]"
        if index >= left.count {
          note(Mismatch(path: place, expected: nil, computed: right[index]), right[index])
        } else if index >= right.count {
          compared += left[index].scalarCount
          note(Mismatch(path: place, expected: left[index], computed: nil), left[index])
        } else {
          compare(left[index], right[index], at: place)
        }
      }
    case (.object(let left), .object(let right)):
      for key in left.keys.sorted() {
        guard let value = left[key] else { continue }
        compare(value, right[key], at: path.isEmpty ? key : "\(path).\(key)")
      }
    default:
      compared += expected.scalarCount
      if expected != computed {
        note(Mismatch(path: path, expected: expected, computed: computed), expected)
      }
    }
  }

  private mutating func note(_ mismatch: Mismatch, _ value: JSONValue) {
    mismatches += max(1, value.scalarCount)
    if first == nil { first = mismatch }
  }
}
