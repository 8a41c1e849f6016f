import Foundation

/// A file that is written whole or not at all.
enum WholeFile {
  /// Writes a file beside its place and renames it.
  ///
  /// The temporary name is always the same, so that what a killed process left there is written over by
  /// the next one.
  static func write(_ data: Data, to path: String) throws {
    let partial = path + ".partial"
    do {
      try data.write(to: URL(fileURLWithPath: partial))
      guard rename(partial, path) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    } catch {
      unlink(partial)
      throw error
    }
  }
}
