import CheckedYAML
import Yams

/// The values that a parameter of a layer may take, as a space states them.
public enum ParameterValues: Hashable, Sendable {
  /// All divisors of the layer's outputs: channels of a convolution, else neurons.
  case divisors
  /// All whole numbers of a range in steps; what cannot be built is left out.
  case range(ClosedRange<Int>, step: Int)
  /// These, all of which must be possible.
  case list([Int])
  /// What the hardware file says.
  case asStated

  /// What may be written, for the end of an error message.
  static let requirement =
    "give a number, a list such as [4, 8, 16], a range such as 1..32 or 8..64 by 8, divisors, or "
    + "fixed for the value of the hardware file"

  /// Reads the value of a key; nil for anything that is not allowed.
  ///
  /// - Parameters:
  ///   - node: the value.
  ///   - bounds: numbers that are allowed.
  init?(_ node: Node, in bounds: ClosedRange<Int>) {
    if case .sequence(let nodes) = node {
      let numbers = nodes.compactMap { $0.wholeNumber(in: bounds) }
      guard !numbers.isEmpty, numbers.count == nodes.count, Set(numbers).count == numbers.count
      else { return nil }
      self = .list(numbers)
      return
    }
    switch node.text {
    case "divisors": self = .divisors
    case "fixed": self = .asStated
    case let text?:
      if let number = node.wholeNumber(in: bounds) {
        self = .list([number])
      } else if let range = Self.range(text, in: bounds) {
        self = range
      } else {
        return nil
      }
    case nil: return nil
    }
  }

  /// `1..32` or `8..64 by 8`.
  private static func range(_ text: String, in bounds: ClosedRange<Int>) -> ParameterValues? {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 1 || words.count == 3 && words[1] == "by",
      let dots = words[0].range(of: ".."),
      let first = Int(words[0][..<dots.lowerBound]), let last = Int(words[0][dots.upperBound...]),
      first <= last, bounds.contains(first), bounds.contains(last),
      let step = words.count == 1 ? 1 : Int(words[2]), step > 0
    else { return nil }
    return .range(first...last, step: step)
  }

  /// The values, in ascending order or as listed.
  ///
  /// - Parameters:
  ///   - outputs: channels or neurons of the layer.
  ///   - stated: the hardware file's value; nil if it states none.
  /// - Returns: the values; nil for one that the file does not state.
  func values(outputs: Int, stated: Int?) -> [Int?] {
    switch self {
    case .divisors: (1...max(outputs, 1)).filter(outputs.isMultiple(of:))
    case .range(let range, let step):
      stride(from: range.lowerBound, through: range.upperBound, by: step).map { $0 }
    case .list(let numbers): numbers
    case .asStated: [stated]
    }
  }
}
