import Foundation
import SpikeTraces

/// The outcome of checking one file of vectors.
public struct VectorValidation: Sendable {
  /// A value that differs, and where it stands.
  public struct Mismatch: Hashable, Sendable, CustomStringConvertible {
    /// The line in the file, from 1.
    public let line: Int
    /// The case.
    public let identifier: String
    /// The layer, from 0.
    public let layer: Int
    /// The value.
    public let value: VectorComparison.Mismatch

    /// The mismatch in full.
    public var description: String {
      "line \(line), case \(identifier), layer \(layer), \(value)"
    }
  }

  /// The file.
  public let file: String
  /// Cases in it.
  public private(set) var cases = 0
  /// Cases with a mismatch.
  public private(set) var failedCases = 0
  /// Numbers compared.
  public private(set) var compared = 0
  /// Numbers that differ, are missing or are too many.
  public private(set) var mismatches = 0
  /// The first of them.
  public private(set) var first: Mismatch?

  /// Checks every case of a file.
  ///
  /// - Parameters:
  ///   - data: the file's content: one case a line.
  ///   - file: its name, for errors.
  ///   - order: the order in which processes of one cycle are resumed, given their number; results
  ///     do not depend on it.
  /// - Throws: ``VectorError`` for a line that is not a case.
  public init(
    checking data: Data, file: String, order: ((Int) -> [Int])? = nil
  ) throws(VectorError) {
    self.file = file
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      let vector = try VectorCase(line: Data(line), number: number, file: file)
      try check(vector, line: number, order: order)
    }
    guard cases > 0 else {
      throw VectorError(
        file: file, line: nil, message: "the file holds no case; see docs/VectorFormat.md")
    }
  }

  private mutating func check(
    _ vector: VectorCase, line: Int, order: ((Int) -> [Int])?
  ) throws(VectorError) {
    guard let platform = VectorPlatforms.named(vector.platform) else { return }
    let simulated: [JSONValue]
    do { simulated = try platform.replay(vector, order: order) } catch {
      let place = error.layer.map { "layer \($0) of case" } ?? "case"
      throw VectorError(
        file: file, line: line, message: "\(place) \(vector.identifier): \(error.message)")
    }
    cases += 1
    var failed = false
    for (index, layer) in vector.layers.enumerated() {
      var comparison = VectorComparison()
      comparison.compare(platform.measurements(of: layer), simulated[index], at: "")
      compared += comparison.compared
      mismatches += comparison.mismatches
      if let mismatch = comparison.first {
        failed = true
        first =
          first
          ?? Mismatch(line: line, identifier: vector.identifier, layer: index, value: mismatch)
      }
    }
    if failed { failedCases += 1 }
  }
}
