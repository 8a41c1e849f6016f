import Exploration

/// The results of a sweep on a cluster, to which the points of its tasks are added, each once.
struct MergedResults {
  /// Where they are.
  let sink: any SweepResultsSink
  /// The sweep's points that are there, by key.
  private(set) var points: [String: SweepPoint]

  /// Opens a file or store.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - keys: the keys of all points of the sweep.
  ///   - sweep: the sweep's name.
  /// - Throws: what keeps it from being read or written.
  init(path: String, keys: [String], of sweep: String) throws {
    sink = try SweepOutput.open(path)
    points = try sink.points(keys, of: sweep)
  }

  /// Adds those points that are not there yet.
  mutating func add(_ new: [SweepPoint]) throws {
    for point in new where points[point.key] == nil {
      try sink.append(point)
      points[point.key] = point
    }
  }
}
