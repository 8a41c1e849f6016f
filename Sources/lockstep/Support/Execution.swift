import ArgumentParser
import Foundation

/// Runs a command, stops it on Ctrl-C, and turns whatever it throws into a message and exit status.
///
/// This is the one place that knows how errors look to a user. Commands and libraries throw; those
/// that take long ask `Task.isCancelled` between pieces of work.
enum Execution {
  /// Parses the process's arguments, runs the command they name, and ends the process.
  static func run(_ root: (some AsyncParsableCommand).Type) async -> Never {
    let parsed: any ParsableCommand
    do {
      parsed = try root.parseAsRoot()
    } catch {
      root.exit(withError: error)
    }
    let signals = SignalWatch()
    let work = Task.detached { () -> ExitStatus in
      do {
        if var command = parsed as? any AsyncParsableCommand {
          try await command.run()
        } else {
          var command = parsed
          try command.run()
        }
        return .success
      } catch {
        return report(error, of: root)
      }
    }
    signals.onSignal { work.cancel() }
    let status = await work.value
    withExtendedLifetime(signals) {}
    Foundation.exit(status.rawValue)
  }

  /// Says what went wrong on standard error.
  private static func report(
    _ error: any Error, of root: (some AsyncParsableCommand).Type
  ) -> ExitStatus {
    switch error {
    case let code as ExitCode:
      return ExitStatus(rawValue: code.rawValue)
    case is CancellationError:
      StandardError.write("interrupted; no result was written\n")
      return .interrupted
    case _ where [.success, .validationFailure].contains(root.exitCode(for: error)):
      // A request for help, or a command line that was not understood.
      root.exit(withError: error)
    default:
      StandardError.write("error: \(message(of: error))\n")
      return .failure
    }
  }

  /// The error's own words, without the decoration of Foundation's errors.
  private static func message(of error: any Error) -> String {
    error is CocoaError || error is POSIXError ? error.localizedDescription : "\(error)"
  }
}
