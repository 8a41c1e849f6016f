import Foundation

/// The points of one or several results files.
///
/// ```swift
/// let results = try SweepResults(paths: ["fig1.jsonl"])
/// for point in results.points { print(point.hyperparameters.beta) }
/// ```
///
/// A file whose last line is cut off was left by a writer that was killed: its whole points are good.
/// Anything else that is not a point is an error.
public struct SweepResults: Sendable {
  /// The points, each key once, in the order of the files.
  public private(set) var points: [SweepPoint] = []
  /// What a reader must know, a sentence each: lines that were cut off, points that disagree.
  public private(set) var notices: [String] = []

  /// Reads files and merges them.
  ///
  /// - Parameter paths: the files.
  /// - Throws: ``ExplorationError`` that names file, line and remedy.
  public init(paths: [String]) throws(ExplorationError) {
    for path in paths {
      let text = try SweepLines(path: path, data: Self.read(path))
      guard !text.points.isEmpty else {
        throw ExplorationError(
          file: path, message: "there is no whole point in it; 'lockstep sweep' writes them")
      }
      add(text)
    }
  }

  init(_ lines: SweepLines) { add(lines) }

  private mutating func add(_ lines: SweepLines) {
    notices += lines.notices
    var positions = Dictionary(
      points.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for point in lines.points {
      guard let position = positions[point.key] else {
        positions[point.key] = points.count
        points.append(point)
        continue
      }
      guard points[position].outcome != point.outcome else { continue }
      notices.append(
        "\(lines.path): point \(point.key) is there with different results; the first is kept")
    }
  }

  static func read(_ path: String) throws(ExplorationError) -> Data {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ExplorationError(
        file: path, message: "there is no such file; 'lockstep sweep fig1 -o \(path)' makes one")
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw ExplorationError(
        file: path, message: "it cannot be read; give a file that 'lockstep sweep' wrote")
    }
    return data
  }
}
