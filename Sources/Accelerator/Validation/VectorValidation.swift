import Foundation
import SpikeTraces

/// The outcome of checking one file of vectors.
public struct VectorValidation: Sendable {
  /// A way to compute what recordings measure.
  public enum Engine: String, CaseIterable, Hashable, Sendable {
    /// The event simulation.
    case event
    /// The closed form.
    case closed

    /// As text: `event simulation`.
    public var title: String {
      switch self {
      case .event: "event simulation"
      case .closed: "closed form"
      }
    }
  }

  /// A value that differs, and where it stands.
  public struct Mismatch: Hashable, Sendable, CustomStringConvertible {
    /// Whose value differs.
    public let engine: Engine
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
      "\(engine.title), line \(line), case \(identifier), layer \(layer), \(value)"
    }
  }

  /// What came of holding one engine against the file.
  public struct Outcome: Sendable {
    /// The engine.
    public let engine: Engine
    /// Cases with a mismatch.
    public fileprivate(set) var failedCases = 0
    /// Numbers compared.
    public fileprivate(set) var compared = 0
    /// Numbers that differ, are missing or are too many.
    public fileprivate(set) var mismatches = 0
    /// The first of them.
    public fileprivate(set) var first: Mismatch?
  }

  /// The file.
  public let file: String
  /// Cases in it.
  public private(set) var cases = 0
  /// One outcome an engine, in the order of the engines.
  public private(set) var outcomes: [Outcome]

  /// Numbers compared, of all engines.
  public var compared: Int { outcomes.reduce(0) { $0 + $1.compared } }
  /// Numbers that differ, are missing or are too many, of all engines.
  public var mismatches: Int { outcomes.reduce(0) { $0 + $1.mismatches } }
  /// The first of them, of the first engine that has any.
  public var first: Mismatch? { outcomes.lazy.compactMap(\.first).first }

  /// Checks every case of a file.
  ///
  /// - Parameters:
  ///   - data: the file's content: one case a line.
  ///   - file: its name, for errors.
  ///   - engines: what is held against the recordings; both by default.
  ///   - order: the order in which processes of one cycle are resumed, given their number; results
  ///     do not depend on it.
  /// - Throws: ``VectorError`` for a line that is not a case.
  public init(
    checking data: Data, file: String, engines: [Engine] = Engine.allCases,
    order: ((Int) -> [Int])? = nil
  ) throws(VectorError) {
    self.file = file
    outcomes = engines.map { Outcome(engine: $0) }
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
    cases += 1
    for index in outcomes.indices {
      let computed: [JSONValue]
      do {
        computed =
          switch outcomes[index].engine {
          case .event: try platform.replay(vector, order: order)
          case .closed: try platform.closedForm(of: vector)
          }
      } catch {
        let place = error.layer.map { "layer \($0) of case" } ?? "case"
        throw VectorError(
          file: file, line: line, message: "\(place) \(vector.identifier): \(error.message)")
      }
      let expected = vector.layers.map { platform.measurements(of: $0) }
      outcomes[index].compare(expected, computed, of: vector.identifier, line: line)
    }
  }
}

extension VectorValidation.Outcome {
  /// Compares a case, layer by layer.
  fileprivate mutating func compare(
    _ expected: [JSONValue], _ computed: [JSONValue], of identifier: String, line: Int
  ) {
    var failed = false
    for (layer, (expected, computed)) in zip(expected, computed).enumerated() {
      var comparison = VectorComparison()
      comparison.compare(expected, computed, at: "")
      compared += comparison.compared
      mismatches += comparison.mismatches
      guard let mismatch = comparison.first else { continue }
      failed = true
      first =
        first
        ?? VectorValidation.Mismatch(
          engine: engine, line: line, identifier: identifier, layer: layer, value: mismatch)
    }
    if failed { failedCases += 1 }
  }
}
