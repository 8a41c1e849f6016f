import Dispatch
import Foundation

/// Watches for Ctrl-C and polite requests to end, while it is alive.
///
/// The first signal asks the work to stop, so that it can leave things in order; if that takes more than a
/// moment, a line says that a second one ends the process where it is. Even then no file is
/// half-written under its final name: files get that name last.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]

  /// Starts watching.
  init(_ stop: @escaping @Sendable () -> Void) {
    let isStopping = OnceFlag()
    sources = [SIGINT, SIGTERM].map { signal in
      Foundation.signal(signal, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
      source.setEventHandler {
        guard isStopping.raise() else { Foundation._exit(ExitStatus.interrupted.rawValue) }
        stop()
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1)) {
          StandardError.write("\nstopping; Ctrl-C again ends at once\n")
        }
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
