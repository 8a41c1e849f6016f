/// Where the points of a sweep go as they end, and where it finds those that are there already.
///
/// A file of lines (``SweepResultsFile``) and a store (``ResultStore``) are such places. A point that was
/// appended is on the disk when the call returns.
public protocol SweepResultsSink: Sendable {
  /// The path of the file.
  var path: String { get }
  /// What a reader must know about what was there when it was opened, a sentence each.
  var notices: [String] { get }

  /// Finds points.
  ///
  /// - Parameters:
  ///   - keys: the points' keys.
  ///   - sweep: the sweep that they belong to from now on, if they were made by another one.
  /// - Returns: those that are there, by key.
  /// - Throws: ``ExplorationError`` if the file cannot be read.
  func points(_ keys: [String], of sweep: String) throws(ExplorationError) -> [String: SweepPoint]

  /// Asks for the right to run a point, so that nobody else runs it at the same time.
  ///
  /// - Parameter key: the point's key.
  /// - Returns: whether it may be run; if it may, it must be appended or released.
  /// - Throws: ``ExplorationError`` if the file cannot be written.
  func claim(_ key: String) throws(ExplorationError) -> PointClaim

  /// Gives a claim back whose point is not appended.
  ///
  /// - Parameter key: the point's key.
  /// - Throws: ``ExplorationError`` if the file cannot be written.
  func releaseClaim(_ key: String) throws(ExplorationError)

  /// Gives all claims back whose points were not appended.
  ///
  /// - Throws: ``ExplorationError`` if the file cannot be written.
  func releaseClaims() throws(ExplorationError)

  /// Adds a point, unless one with its key is there.
  ///
  /// - Parameter point: the point.
  /// - Returns: what that changed.
  /// - Throws: ``ExplorationError`` if it could not be written whole.
  @discardableResult
  func append(_ point: SweepPoint) throws(ExplorationError) -> PointAddition
}

/// Whether a point may be run.
public enum PointClaim: Hashable, Sendable {
  /// By whoever asked, and by nobody else.
  case granted
  /// Not now: somebody runs it already; in words.
  case taken(by: String)
  /// Not at all: it is there.
  case ended(SweepPoint)
}

/// What became of a point that was to be added.
public enum PointAddition: Hashable, Sendable {
  /// It is new.
  case added
  /// It was there, with the same outcome.
  case known
  /// It was there with another outcome, which was kept: equal settings should give equal results.
  case differs
}
