import Foundation

/// The built program `lockstep`, run as its users run it.
public struct LockstepProgram: Sendable {
  /// How a run ended and what it wrote.
  public struct Result: Sendable {
    /// The exit status; 128 + n after signal n.
    public var status: Int32
    /// Standard output.
    public var output: String
    /// Standard error.
    public var errors: String
  }

  /// What can keep it from running.
  public enum Failure: Error {
    /// It is not beside the tests; build it with `swift build -c release --build-tests`.
    case notBuilt(path: String)
  }

  private let executable: URL

  /// Finds the program beside the running tests.
  public init() throws {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    executable = tests.deletingLastPathComponent().appendingPathComponent("lockstep")
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
      throw Failure.notBuilt(path: executable.path)
    }
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - arguments: the command line.
  ///   - input: standard input; nothing if not given.
  ///   - output: a file for standard output instead of the result.
  ///   - environment: variables to add to those of the tests.
  ///   - addressSpace: the most memory that the system gives it, in KiB.
  ///   - whileRunning: called once it has started, with its process number.
  /// - Returns: status and output.
  /// - Throws: what starting a process throws.
  public func run(
    _ arguments: [String], input: String = "", output: String? = nil,
    environment: [String: String] = [:],
    addressSpace: Int? = nil, whileRunning: (Int32) -> Void = { _ in }
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let addressSpace {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -v \(addressSpace) && exec \"$0\" \"$@\"", executable.path] + arguments
    }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files, unlike pipes, do not fill up while nobody reads.
    let outputPath = try output ?? folder.write("", to: "output")
    let errorPath = try folder.write("", to: "errors")
    process.standardInput = FileHandle(forReadingAtPath: try folder.write(input, to: "input"))
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    try process.run()
    whileRunning(process.processIdentifier)
    process.waitUntilExit()
    let signalled = process.terminationReason == .uncaughtSignal
    return Result(
      status: process.terminationStatus + (signalled ? 128 : 0),
      output: output == nil ? try String(contentsOfFile: outputPath, encoding: .utf8) : "",
      errors: try String(contentsOfFile: errorPath, encoding: .utf8))
  }
}
