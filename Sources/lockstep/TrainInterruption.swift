import Dispatch
import Foundation

/// Calls a handler at the first Ctrl-C; the second one ends the program at once, as usual.
final class Interruption {
  private let source: any DispatchSourceSignal

  init(_ handler: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      signal(SIGINT, SIG_DFL)
      FileHandle.standardError.write(
        Data("\nstopping after this batch; Ctrl-C again ends at once\n".utf8))
      handler()
    }
    source.resume()
  }

  /// Gives Ctrl-C its usual meaning back.
  func cancel() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
