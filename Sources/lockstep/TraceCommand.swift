import ArgumentParser
import SpikeTraces

/// `lockstep trace`: what to do with recorded spikes.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Look into recorded spikes, check them, print them, convert them.",
    discussion: """
      A trace (*.spikes) holds the spikes of a trained network on a data set: for every sample, \
      which neurons spiked at which time step, at every layer boundary from the network's input \
      (boundary 0) to its output. It is what `lockstep replay` reads.

      A trace is a sequence of zstd frames: `zstd -t FILE` checks it, and \
      `zstd -dc FILE | head -1` prints its header. docs/TraceFormat.md describes every byte.

      EXAMPLES
        lockstep trace info digits-test.spikes
        lockstep trace verify digits-test.spikes
        lockstep trace dump digits-test.spikes --sample 0 --boundary 1 --format raster
        lockstep trace convert digits-test.spikes -o small.spikes --samples 0..99
      """,
    subcommands: [
      TraceInfoCommand.self, TraceVerifyCommand.self, TraceDumpCommand.self,
      TraceConvertCommand.self,
    ])
}

/// Runs a command's work; a bad trace ends it with one line on standard error and exit status 2.
func reportingTraceErrors(_ work: () throws -> Void) throws {
  do {
    try work()
  } catch let error as TraceError {
    StandardError.write("error: \(error)\n")
    throw ExitCode(2)
  }
}

/// Opens a trace and warns on standard error if it has no end.
func openTrace(_ path: String) throws(TraceError) -> TraceReader {
  let reader = try TraceReader(path: path)
  if let warning = reader.recoveryWarning { StandardError.write("warning: \(warning)\n") }
  return reader
}
