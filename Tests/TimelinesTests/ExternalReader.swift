import Foundation
import TestSupport

/// Programs of others that read what we write.
enum ExternalReader {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether a program is in the path.
  static func isThere(_ program: String) -> Bool { path(program) != nil }

  private static func path(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// Runs a program and returns what it writes to standard output.
  static func run(_ program: String, _ arguments: [String], input: String? = nil) throws -> String {
    guard let path = path(program) else { throw Failure(description: "no \(program)") }
    let folder = try TemporaryFolder()
    let output = try folder.write("", to: "output")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput =
      input.flatMap { FileHandle(forReadingAtPath: $0) }
      ?? FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(program) ended with \(process.terminationStatus)")
    }
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}
