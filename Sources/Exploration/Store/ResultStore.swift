import Foundation
import GRDB
import Glibc

/// The results of sweeps and searches in an SQLite database, for one machine and as many processes as
/// there are.
///
/// Every point is there once, under the digest of all that determines it. A point that was appended is on
/// the disk when the call returns; a process that is killed loses what was under way and nothing else.
/// `docs/Results.md` shows the tables, and what to ask them.
///
/// ```swift
/// let store = try ResultStore(path: "results.sqlite", for: .writing)
/// for summary in try store.sweeps() { print(summary.name, summary.points) }
/// ```
public final class ResultStore: Sendable {
  /// What a store is opened for.
  public enum Purpose: Sendable {
    /// The file must be there, and may be one that cannot be written.
    case reading
    /// The file is made if it is not there, and brought up to date if it is older.
    case writing
  }

  /// How long a process waits for others that write, s.
  static let patience: TimeInterval = 60

  /// The store's path.
  public let path: String
  let database: any DatabaseWriter
  let owner = ClaimOwner()
  let heartbeat = Heartbeat()
  private let copy: StoreCopy?

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - purpose: what it is opened for.
  /// - Throws: ``ExplorationError`` if the file is no store, a newer one, damaged, not there (for
  ///   reading), or cannot be written. Such a file is not changed.
  public init(path: String, for purpose: Purpose) throws(ExplorationError) {
    self.path = path
    if purpose == .reading, let copy = try StoreCopy(ofUnwritable: path) {
      self.copy = copy
      do throws(ExplorationError) {
        database = try Self.opened(copy.path, for: purpose)
      } catch {
        throw ExplorationError(file: path, message: error.message)
      }
    } else {
      copy = nil
      database = try Self.opened(path, for: purpose)
    }
  }

  private static func opened(
    _ path: String, for purpose: Purpose
  ) throws(ExplorationError) -> any DatabaseWriter {
    let content = try StoreFile.content(path, isChecked: purpose == .writing)
    switch (purpose, content) {
    case (.reading, .nothing):
      throw ExplorationError(
        file: path,
        message: "there is no results store; 'lockstep sweep fig1 -o \(path)' makes one")
    case (.reading, .store(version: StoreSchema.currentVersion)):
      return try readable(path)
    case (.reading, .store), (.writing, _):
      return try writable(path)
    }
  }

  /// Whether a path means a store: by its ending.
  public static func isStore(_ path: String) -> Bool {
    StoreFile.endings.contains((path as NSString).pathExtension.lowercased())
  }

  /// Opens a store that is up to date, and is only read from.
  private static func readable(_ path: String) throws(ExplorationError) -> DatabaseQueue {
    var configuration = Configuration.storeReading
    // Who may write removes the files beside the store at the end; who may not reads all the same.
    configuration.readonly = access(path, W_OK) != 0
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw ExplorationError(store: path, error)
    }
  }

  /// Opens a store for writing; several processes may do so at once, even if there is no file yet.
  private static func writable(_ path: String) throws(ExplorationError) -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    let deadline = Date(timeIntervalSinceNow: patience)
    while true {
      do {
        let pool = try DatabasePool(path: path, configuration: configuration)
        let version = try pool.writeWithoutTransaction { database in
          // GRDB sets NORMAL, with which a power failure may take the last transactions.
          try database.execute(sql: "PRAGMA synchronous = FULL")
          return try Int.fetchOne(database, sql: "PRAGMA user_version")
        }
        if version != StoreSchema.currentVersion { try StoreSchema.migrator.migrate(pool) }
        return pool
      } catch {
        // While another process makes the same tables, or switches the file to write-ahead logging,
        // SQLite does not wait: look again.
        guard isPassing(error), Date() < deadline else {
          throw ExplorationError(store: path, error)
        }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private static func isPassing(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return true
    case .SQLITE_ERROR: return error.message?.contains("already exists") == true
    // The name of a migration that another process has just done.
    case .SQLITE_CONSTRAINT: return true
    default: return false
    }
  }

  /// Reads, seeing one state of the store.
  func read<Value>(_ body: (Database) throws -> Value) throws(ExplorationError) -> Value {
    do { return try database.read(body) } catch { throw ExplorationError(store: path, error) }
  }

  /// Writes, all or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(ExplorationError) -> Value {
    do { return try database.write(body) } catch { throw ExplorationError(store: path, error) }
  }
}
