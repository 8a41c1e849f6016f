import Foundation

/// Results for people and pipes.
///
/// Unlike `print`, it notices when they cannot be written.
enum StandardOutput {
  /// Writes text as it is, without adding a line break.
  static func write(_ text: String) throws {
    try FileOutput.write(Data(text.utf8), to: 1, name: "standard output")
  }

  /// Writes bytes.
  static func write(_ data: Data) throws {
    try FileOutput.write(data, to: 1, name: "standard output")
  }

  /// Writes what `print` has buffered.
  static func flush() throws {
    guard fflush(nil) == 0 else {
      throw FileOutput.Failure(
        "standard output cannot be written (\(FileOutput.reason(errno))); is the disk full?")
    }
  }
}

/// Messages for people: errors and warnings.
enum StandardError {
  /// Writes text as it is, without adding a line break.
  ///
  /// There is nobody to tell if that fails.
  static func write(_ text: String) {
    try? FileOutput.write(Data(text.utf8), to: 2, name: "standard error")
  }
}
