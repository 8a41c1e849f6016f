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

  /// Reads files and stores, and merges them.
  ///
  /// - Parameters:
  ///   - paths: the files; stores by their ending.
  ///   - sweep: take the points of this sweep only; all points if nil.
  /// - Throws: ``ExplorationError`` that names file, line and remedy.
  public init(paths: [String], sweep: String? = nil) throws(ExplorationError) {
    for path in paths {
      var (points, notices) = try Self.content(path, sweep: sweep)
      guard !points.isEmpty || sweep != nil else {
        throw ExplorationError(
          file: path, message: "there is no whole point in it; 'lockstep sweep' writes them")
      }
      if let sweep, !ResultStore.isStore(path) { points.removeAll { $0.sweep != sweep } }
      self.notices += notices
      add(points, of: path)
    }
    guard !points.isEmpty else {
      throw ExplorationError(
        message: "there is no point of a sweep '\(sweep ?? "")' in \(paths.joined(separator: ", "))"
      )
    }
  }

  init(_ lines: SweepLines) {
    notices = lines.notices
    add(lines.points, of: lines.path)
  }

  private static func content(
    _ path: String, sweep: String?
  ) throws(ExplorationError) -> (points: [SweepPoint], notices: [String]) {
    guard !ResultStore.isStore(path) else {
      return (try ResultStore(path: path, for: .reading).points(of: sweep), [])
    }
    let lines = try SweepLines(path: path, data: read(path))
    return (lines.points, lines.notices)
  }

  private mutating func add(_ added: [SweepPoint], of path: String) {
    var positions = Dictionary(
      points.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for point in added {
      guard let position = positions[point.key] else {
        positions[point.key] = points.count
        points.append(point)
        continue
      }
      guard points[position].outcome != point.outcome else { continue }
      notices.append(
        "\(path): point \(point.key) is there with different results; the first is kept")
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
