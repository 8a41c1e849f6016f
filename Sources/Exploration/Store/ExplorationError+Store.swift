import GRDB

extension ExplorationError {
  /// What SQLite says of a store, with the remedy.
  ///
  /// - Parameters:
  ///   - path: the store.
  ///   - error: what a call of GRDB threw.
  init(store path: String, _ error: any Error) {
    if let error = error as? ExplorationError {
      self = error
      return
    }
    self.init(file: path, message: Self.message(error))
  }

  private static func message(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "\(error)" }
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_NOTADB:
      return
        "this is no results store, nor any SQLite file; name a new file, or one that 'lockstep sweep' "
        + "wrote"
    case .SQLITE_CORRUPT:
      return
        "the store is damaged (\(reason)) and was not touched; 'sqlite3 STORE .recover | sqlite3 "
        + "NEW.sqlite' saves what can be read, and docs/Results.md says more"
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return
        "another process has kept the store locked for \(Int(ResultStore.patience)) s; end the "
        + "program that holds it (a browser of the database, perhaps), and run the same command again"
    case .SQLITE_FULL:
      return
        "the disk is full; make room, and run the same command again: all points that are in the store "
        + "are kept"
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return
        "the store cannot be opened or written (\(reason)); name a file in a folder that exists and "
        + "that you may write to"
    case .SQLITE_IOERR:
      return
        "the store cannot be read or written (\(reason)); look at the disk, then run the same command "
        + "again"
    default:
      return "the store cannot be used (\(reason))"
    }
  }
}
