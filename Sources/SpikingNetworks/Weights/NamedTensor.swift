/// A dense array of `Float` with a name and a shape, in row-major order.
public struct NamedTensor: Hashable, Sendable {
  /// The tensor's name: `conv1.weight`.
  public var name: String
  /// Its extents; their product is the number of values.
  public var shape: [Int]
  /// Its values.
  public var values: [Float]

  /// Creates a tensor.
  public init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }

  /// The position of the first value that is not a finite number, if any.
  public var firstNonFinite: Int? { values.firstIndex { !$0.isFinite } }

  /// A position as people write it: `[3, 0, 2, 1]`.
  func coordinates(_ position: Int) -> String {
    var rest = position
    var indices: [Int] = []
    for extent in shape.reversed() {
      indices.append(rest % max(1, extent))
      rest /= max(1, extent)
    }
    return "[\(indices.reversed().map(String.init).joined(separator: ", "))]"
  }
}
