import Foundation

/// A run of the built `lockstep`, as a user's shell would start it.
struct TrainProcess {
  let status: Int32
  let output: Data
  let errors: String

  /// Runs the executable beside the test program and waits for its end.
  init(_ arguments: [String]) throws {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = folder.appendingPathComponent("lockstep")
    process.arguments = arguments
    // Files, not pipes: a pipe that is not read fills and stops the program.
    let scratch = try TrainFolder()
    let outputFile = scratch.path("output")
    let errorFile = scratch.path("errors")
    for file in [outputFile, errorFile] {
      _ = FileManager.default.createFile(atPath: file, contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: outputFile)
    process.standardError = FileHandle(forWritingAtPath: errorFile)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try Data(contentsOf: URL(fileURLWithPath: outputFile))
    errors = String(decoding: try Data(contentsOf: URL(fileURLWithPath: errorFile)), as: UTF8.self)
  }

  var text: String { String(decoding: output, as: UTF8.self) }
}

/// A folder that vanishes with the test.
final class TrainFolder {
  let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("train-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }
}
