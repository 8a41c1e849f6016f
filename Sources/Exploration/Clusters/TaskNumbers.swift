/// Numbers of the tasks of a job array, as Slurm writes them: `0-3,7,12-20:4`.
public struct TaskNumbers: Hashable, Sendable, CustomStringConvertible {
  /// The numbers, ascending, each once.
  public let numbers: [Int]

  /// Creates a set of numbers.
  ///
  /// - Parameter numbers: in any order.
  public init(_ numbers: some Sequence<Int>) { self.numbers = Set(numbers).sorted() }

  /// Reads numbers as `squeue` writes them.
  ///
  /// Brackets around them, and a limit behind `%`, are left out of account: `[3-7%2]` has five numbers.
  /// There is no value for anything else, or for what is cut off (`1-5,...`).
  ///
  /// - Parameter text: numbers and ranges between commas.
  public init?(_ text: some StringProtocol) {
    var list = Substring(text)
    if list.hasPrefix("["), list.hasSuffix("]") { list = list.dropFirst().dropLast() }
    if let limit = list.firstIndex(of: "%") {
      guard Int(list[list.index(after: limit)...]) != nil else { return nil }
      list = list[..<limit]
    }
    var numbers: [Int] = []
    for item in list.split(separator: ",", omittingEmptySubsequences: false) {
      let range = item.split(separator: ":", omittingEmptySubsequences: false)
      let ends = range[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      let step = range.count == 2 ? Int(range[1]) : 1
      guard range.count <= 2, 1...2 ~= ends.count, let first = ends[0],
        let last = ends[ends.count - 1],
        let step, first >= 0, last >= first, last < Self.limit, step > 0
      else { return nil }
      numbers += stride(from: first, through: last, by: step)
    }
    self.init(numbers)
  }

  /// More than Slurm allows in an array (4,000,001), so that no text makes us fill the memory.
  private static let limit = 1 << 23

  /// The shortest text: ranges without steps.
  public var description: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let range = ranges.last, range.upperBound + 1 == number {
        ranges[ranges.count - 1] = range.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
