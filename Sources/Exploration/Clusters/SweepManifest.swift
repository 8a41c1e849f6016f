import Foundation

/// What a sweep on a cluster consists of: written once, when it is submitted, and never changed.
///
/// Every task reads it, computes the keys of its points anew and refuses to run if they differ: neither
/// another program, nor other data, nor a changed accelerator can go unnoticed. `docs/Clusters.md`
/// explains every field.
public struct SweepManifest: Hashable, Sendable {
  /// What the field `format` says.
  public static let format = "lockstep-sweep-manifest"
  /// The version of the format that this software writes and reads.
  public static let currentSchema = 1

  /// One point.
  public struct Point: Hashable, Codable, Sendable {
    /// The digest of all that determines its outcome.
    public var key: String
    /// The options of its training, as `lockstep train` would be told.
    public var training: [String]

    /// Creates a point.
    public init(key: String, training: [String]) {
      self.key = key
      self.training = training
    }
  }

  /// A random name, under which the scheduler knows the tasks.
  public var id: String
  /// The version of the program that wrote it, which alone may run it.
  public var softwareVersion: String
  /// The sweep's name.
  public var sweep: String
  /// The specification as it was given: a name, or the text of a file.
  public var specification: String
  /// The accelerator's file, relative to the manifest's folder.
  public var hardware: String
  /// Test samples, from the first, that are replayed.
  public var replaySamples: Int
  /// The folder to which paths in the trainings' options are relative.
  public var workingFolder: String
  /// The number of tasks; point k belongs to task k mod `tasks`.
  public var tasks: Int
  /// All points, in the order of the sweep.
  public var points: [Point]

  /// Creates a manifest.
  public init(
    id: String, softwareVersion: String, sweep: String, specification: String, hardware: String,
    replaySamples: Int, workingFolder: String, tasks: Int, points: [Point]
  ) {
    self.id = id
    self.softwareVersion = softwareVersion
    self.sweep = sweep
    self.specification = specification
    self.hardware = hardware
    self.replaySamples = replaySamples
    self.workingFolder = workingFolder
    self.tasks = tasks
    self.points = points
  }

  /// Which points a task has.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: the part of the points.
  /// - Throws: ``ExplorationError`` if there is no such task.
  public func shard(ofTask task: Int) throws(ExplorationError) -> SweepShard {
    guard 0..<tasks ~= task else {
      throw ExplorationError(
        message: "there is no task \(task): the sweep has \(tasks), numbered from 0")
    }
    return try SweepShard(index: task, count: tasks)
  }

  /// The keys of a task's points.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: the keys, in the order of the sweep.
  func keys(ofTask task: Int) -> [String] {
    stride(from: task, to: points.count, by: tasks).map { points[$0].key }
  }

  /// The name of the tasks in the scheduler's queue.
  public var jobName: String {
    let name = sweep.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
    return "lockstep-\(String(name).prefix(40))-\(id)"
  }

  /// What keeps a sweep from being the one of this manifest.
  ///
  /// Names of queues and folders do not count: what is compared is what determines the results.
  ///
  /// - Parameter other: the sweep to be submitted.
  /// - Returns: the first difference, in words; nil if there is none.
  public func difference(from other: SweepManifest) -> String? {
    func differs<Value: Equatable>(_ noun: String, _ path: KeyPath<SweepManifest, Value>) -> String?
    {
      self[keyPath: path] == other[keyPath: path]
        ? nil : "\(noun) is \(self[keyPath: path]) there and \(other[keyPath: path]) here"
    }
    if let difference = differs("the program's version", \.softwareVersion)
      ?? differs("the sweep's name", \.sweep) ?? differs("replay-samples", \.replaySamples)
      ?? differs("the number of points", \.points.count) ?? differs("the number of tasks", \.tasks)
    {
      return difference
    }
    guard let position = points.indices.first(where: { points[$0] != other.points[$0] }) else {
      return nil
    }
    let (there, here) = (points[position], other.points[position])
    guard there.training == here.training else {
      return "point \(position) is '\(there.training.joined(separator: " "))' there and "
        + "'\(here.training.joined(separator: " "))' here"
    }
    return
      "the data, a network file or the accelerator have changed since (point \(position) has the "
      + "key \(there.key) there and \(here.key) here)"
  }
}
