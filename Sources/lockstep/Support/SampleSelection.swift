import ArgumentParser
import Foundation

/// A choice of samples on the command line: `0..99`, both ends included, or one number.
struct SampleSelection: ExpressibleByArgument {
  let range: Range<Int>

  init?(argument: String) {
    let ends = argument.components(separatedBy: "..").map { Int($0) }
    guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
      0 <= first, first <= last, last < Int.max
    else { return nil }
    range = first..<last + 1
  }
}
