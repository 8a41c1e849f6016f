import ArgumentParser
import SpikeTraces

/// `lockstep trace verify`: reads every spike of a trace.
struct TraceVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read everything in a trace and check every checksum and count.",
    discussion: """
      Exit status 0: every sample can be read. Exit status 2: the first damage is named on standard \
      error, with its record, boundary and byte. A file without its end (the writer was interrupted) \
      counts as damaged, too; `lockstep trace convert FILE -o NEW` keeps its whole records, and with \
      --skip-damaged also those behind a damaged one.
      """)

  @Argument(help: "The trace.", completion: .file(extensions: ["spikes"]))
  var file: String

  @Flag(help: "Print JSON for programs.")
  var json = false

  private struct Result: Encodable {
    var file: String
    var samples: Int
    var spikes: Int
    var bytes: Int
  }

  func run() throws {
    try reportingTraceErrors {
      let reader = try TraceReader(path: file)
      let statistics = try reader.verify()
      if let warning = reader.recoveryWarning {
        throw TraceError(.damaged, warning)
      }
      var output = StandardOutput()
      try output.write(
        json
          ? try ResultJSON.text(
            Result(
              file: file, samples: statistics.samples, spikes: statistics.spikes,
              bytes: Int(reader.byteCount)))
          : "\(file): sound; \(statistics.samples) samples, \(statistics.spikes) spikes, "
            + "\(reader.byteCount) bytes\n")
      try output.flush()
    }
  }
}
