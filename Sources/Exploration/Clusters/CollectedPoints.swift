import Foundation

/// The points that the tasks of a sweep have written so far.
///
/// Files are read while tasks write them: a last line that is cut off is a point that is being written.
/// Files that did not change since they were last read are not read again.
public struct CollectedPoints: Sendable {
  private struct Stamp: Hashable, Sendable {
    let bytes: Int
    let changed: Date
  }

  /// The points, by key; of a key that is there twice the first that was found.
  public private(set) var points: [String: SweepPoint] = [:]
  /// Files that could not be read, and what is wrong with them, by task.
  public private(set) var problems: [Int: String] = [:]
  private let folder: SweepFolder
  private let manifest: SweepManifest
  private let keys: Set<String>
  private var stamps: [Int: Stamp] = [:]

  /// Starts with nothing.
  ///
  /// - Parameters:
  ///   - folder: the sweep's folder.
  ///   - manifest: what it consists of.
  public init(_ folder: SweepFolder, _ manifest: SweepManifest) {
    self.folder = folder
    self.manifest = manifest
    keys = Set(manifest.points.map(\.key))
  }

  /// Reads what is new.
  ///
  /// - Returns: the points that were not there before, in the order of the tasks.
  public mutating func update() -> [SweepPoint] {
    var new: [SweepPoint] = []
    for task in 0..<manifest.tasks where !isComplete(task) {
      let path = folder.resultsPath(ofTask: task)
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        let bytes = attributes[.size] as? Int, let changed = attributes[.modificationDate] as? Date
      else { continue }
      let stamp = Stamp(bytes: bytes, changed: changed)
      guard stamps[task] != stamp else { continue }
      do throws(ExplorationError) {
        let lines = try SweepLines(path: path, data: SweepResults.read(path))
        problems[task] = nil
        // A point of another sweep can only have been put there by hand.
        for point in lines.points where points[point.key] == nil && keys.contains(point.key) {
          points[point.key] = point
          new.append(point)
        }
        stamps[task] = stamp
      } catch {
        problems[task] = error.description
      }
    }
    return new
  }

  /// Whether all points of a task are there.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: true if none is missing.
  public func isComplete(_ task: Int) -> Bool { missing(task) == 0 }

  /// How many points of a task are not there.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: their number.
  public func missing(_ task: Int) -> Int {
    manifest.keys(ofTask: task).count { points[$0] == nil }
  }
}
