import Foundation
import GRDB

/// What is at the path of a store, found out without changing it.
enum StoreFile {
  /// What is there.
  enum Content: Hashable {
    /// No file, or one without anything in it.
    case nothing
    /// A store with this version of the schema.
    case store(version: Int)
  }

  /// The endings that mean a store on the command line.
  static let endings = ["sqlite", "sqlite3", "db"]

  /// Looks at a file.
  ///
  /// Files are only opened through SQLite: to close one that was opened otherwise would drop the locks
  /// that SQLite holds on it for this process.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - isChecked: whether every page is looked at, as it should be before anything is written.
  /// - Returns: what is there.
  /// - Throws: ``ExplorationError`` if it is something else than a store, a newer store, or damaged.
  static func content(_ path: String, isChecked: Bool) throws(ExplorationError) -> Content {
    func failure(_ message: String) -> ExplorationError {
      ExplorationError(file: path, message: message)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return .nothing
    }
    guard !isFolder.boolValue else {
      throw failure("this is a folder; name a file in it, such as \(path)/results.sqlite")
    }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int
    guard size != 0 else { return .nothing }
    let header = try header(path, isChecked: isChecked)
    if header.application == 0, header.objects == 0 { return .nothing }
    guard header.application == StoreSchema.applicationIdentifier else {
      throw failure(
        "this is an SQLite file of another program, and was not touched; name a new file, or one that "
          + "'lockstep sweep' wrote")
    }
    guard header.version <= StoreSchema.currentVersion else {
      throw failure(
        "the store has version \(header.version) of the schema, and this program knows versions up to "
          + "\(StoreSchema.currentVersion); use a newer lockstep")
    }
    return .store(version: header.version)
  }

  private struct Header {
    var application: Int
    var version: Int
    var objects: Int
  }

  private static func header(_ path: String, isChecked: Bool) throws(ExplorationError) -> Header {
    do {
      let queue = try DatabaseQueue(path: path, configuration: .storeReading)
      let header = try queue.read { database in
        let header = Header(
          application: try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
          version: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
          // GRDB's own table is there before the first of ours, if only for a moment.
          objects: try Int.fetchOne(
            database, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name NOT GLOB 'grdb_*'")
            ?? 0)
        if isChecked, header.application == StoreSchema.applicationIdentifier {
          try check(database)
        }
        return header
      }
      try queue.close()
      return header
    } catch {
      throw ExplorationError(store: path, error)
    }
  }

  private static func check(_ database: Database) throws {
    let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? ""
    guard verdict == "ok" else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict)
    }
  }
}

extension Configuration {
  /// How stores are opened that are not changed.
  static var storeReading: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(ResultStore.patience)
    return configuration
  }
}
