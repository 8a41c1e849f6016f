import Exploration

/// The results file of a sweep on a cluster, to which the points of its tasks are added, each once.
struct MergedResults {
  /// The file.
  let file: SweepResultsFile
  private(set) var points: [String: SweepPoint]

  /// Opens the file.
  init(path: String) throws {
    file = try SweepResultsFile(path: path)
    points = Dictionary(
      file.results.points.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds those points that are not in the file yet.
  mutating func add(_ new: [SweepPoint]) throws {
    for point in new where points[point.key] == nil {
      try file.append(point)
      points[point.key] = point
    }
  }
}
