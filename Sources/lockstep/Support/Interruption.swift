import Dispatch
import Foundation

/// Watches for Ctrl-C and polite requests to end, while it is alive.
///
/// The first signal asks the work to stop; it then leaves nothing half-written. A second one, or
/// patience running out, ends the process where it is: files are written under temporary names, so
/// that even then none is half-written under its final name.
final class Interruption {
  private static let patience = DispatchTimeInterval.seconds(10)
  private let sources: [any DispatchSourceSignal]

  /// Starts watching.
  init(_ stop: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { signal in
      Foundation.signal(signal, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
      let hasStopped = Flag()
      source.setEventHandler {
        guard hasStopped.raise() else { Foundation._exit(ExitStatus.interrupted.rawValue) }
        stop()
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
          Foundation._exit(ExitStatus.interrupted.rawValue)
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
