import ArgumentParser

/// What the process tells its caller when it ends.
struct ExitStatus: RawRepresentable, Hashable {
  var rawValue: Int32

  /// Done.
  static let success = ExitStatus(rawValue: 0)
  /// Done, but what was checked does not hold: a mismatch, a damaged file.
  static let checkFailed = ExitStatus(rawValue: 1)
  /// Could not be done: bad input, no room, no permission.
  static let failure = ExitStatus(rawValue: 2)
  /// Stopped by Ctrl-C.
  static let interrupted = ExitStatus(rawValue: 130)

  /// Throw this to end with a status after the command has said everything itself.
  var asError: ExitCode { ExitCode(rawValue) }
}
