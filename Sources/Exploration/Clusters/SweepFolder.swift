import Foundation
import Glibc

/// The folder of a sweep on a cluster: what it consists of, and what its tasks have written.
///
/// Tasks share nothing but this folder. Each writes a results file of its own, so that no file has two
/// writers, and no database is opened over the network.
public struct SweepFolder: Sendable {
  /// The folder's path, absolute.
  public let path: String

  /// Names a folder, which need not exist.
  ///
  /// - Parameter path: the folder.
  public init(path: String) { self.path = URL(fileURLWithPath: path).standardizedFileURL.path }

  /// The manifest's path.
  public var manifestPath: String { "\(path)/manifest.json" }
  /// The path of the script that every task runs.
  public var scriptPath: String { "\(path)/job.sh" }
  /// The folder for what tasks say.
  public var logs: String { "\(path)/logs" }
  private var submissionsPath: String { "\(path)/submissions.jsonl" }

  /// The results file of a task.
  ///
  /// - Parameter task: the task, from 0.
  /// - Returns: its path, whether it is there or not.
  public func resultsPath(ofTask task: Int) -> String {
    let digits = String(task)
    let zeros = String(repeating: "0", count: max(6 - digits.count, 0))
    return "\(path)/results/task-\(zeros)\(digits).jsonl"
  }

  /// Whether a sweep was submitted into the folder.
  public var hasManifest: Bool { FileManager.default.fileExists(atPath: manifestPath) }

  /// Reads what the sweep consists of.
  ///
  /// - Returns: the manifest.
  /// - Throws: ``ExplorationError`` that says what is wrong with it.
  public func manifest() throws(ExplorationError) -> SweepManifest {
    guard let data = FileManager.default.contents(atPath: manifestPath) else {
      throw ExplorationError(
        file: manifestPath,
        message: "there is no such file, or it cannot be read; name a folder that 'lockstep sweep "
          + "--engine slurm' has made")
    }
    return try SweepManifest(data: data, path: manifestPath)
  }

  /// Takes the right to submit tasks, for one process at a time, after making the folder.
  ///
  /// - Returns: the right, which ends with the value.
  /// - Throws: ``ExplorationError`` if the folder has something else in it, cannot be made, or another
  ///   process has the right.
  public func lock() throws(ExplorationError) -> FolderLock {
    let files = FileManager.default
    let present = (try? files.contentsOfDirectory(atPath: path)) ?? []
    guard hasManifest || present.allSatisfy({ Self.namesBeforeManifest.contains($0) }) else {
      throw ExplorationError(
        file: path, message: "there are other things in this folder; name a new one with --folder")
    }
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw unwritable(error)
    }
    return try FolderLock(path: "\(path)/lock")
  }

  /// What is there if somebody is killed before the manifest is written.
  private static let namesBeforeManifest: Set<String> = ["results", "logs", "hardware", "lock"]

  private func unwritable(_ error: any Error) -> ExplorationError {
    ExplorationError(
      file: path,
      message:
        "the folder cannot be made (\(error.localizedDescription)); name one on a file system "
        + "that all nodes of the cluster share")
  }

  /// Writes what the sweep consists of.
  ///
  /// - Parameters:
  ///   - manifest: what it consists of; its hardware file is written beside it.
  ///   - hardware: the text of the hardware file.
  /// - Throws: ``ExplorationError`` if the folder cannot be written.
  public func create(
    _ manifest: SweepManifest, hardware: String
  ) throws(ExplorationError) {
    let files = FileManager.default
    do {
      for folder in ["results", "logs", "hardware"] {
        try files.createDirectory(
          atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
      }
      try Data(hardware.utf8).write(
        to: URL(fileURLWithPath: "\(path)/\(manifest.hardware)"), options: .atomic)
      // Last: a folder with a manifest is complete.
      try manifest.text().write(to: URL(fileURLWithPath: manifestPath), options: .atomic)
      try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: manifestPath)
    } catch {
      throw unwritable(error)
    }
  }

  /// Writes the script that every task runs.
  ///
  /// - Parameter text: the script.
  /// - Throws: ``ExplorationError`` if it cannot be written.
  public func write(script text: String) throws(ExplorationError) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: scriptPath), options: .atomic)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: scriptPath)
    } catch {
      throw ExplorationError(
        file: scriptPath, message: "it cannot be written (\(error.localizedDescription))")
    }
  }

  /// What was asked of the scheduler so far.
  public var submissions: SubmissionLog {
    SubmissionLog(data: FileManager.default.contents(atPath: submissionsPath) ?? Data())
  }

  /// Notes what was asked of the scheduler.
  ///
  /// - Parameters:
  ///   - event: what was asked.
  ///   - job: the job array's number.
  ///   - tasks: the tasks.
  /// - Throws: ``ExplorationError`` if it cannot be written.
  public func log(
    _ event: SubmissionLog.Event, job: String? = nil, tasks: TaskNumbers? = nil
  ) throws(ExplorationError) {
    let line = SubmissionLog.line(event, job: job, tasks: tasks)
    let descriptor = open(submissionsPath, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    defer { if descriptor >= 0 { close(descriptor) } }
    let written = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    guard descriptor >= 0, written == line.count, fsync(descriptor) == 0 else {
      throw ExplorationError(
        file: submissionsPath, message: "it cannot be written (\(String(cString: strerror(errno))))"
      )
    }
  }

  /// The last error that a task, or Slurm in its name, has told.
  ///
  /// - Parameters:
  ///   - task: the task, from 0.
  ///   - job: the job array.
  /// - Returns: a line; nil if there is none.
  public func lastError(ofTask task: Int, job: String) -> String? {
    let path = SlurmClient.Submission.log(job: job, task: task, in: logs)
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size - min(size, 4096))
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last { $0.contains("error:") }
      .map { String($0.prefix(300)) }
  }
}
