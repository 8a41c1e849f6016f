import Dispatch
import Foundation
import Synchronization

/// Watches for Ctrl-C and polite requests to end, while it is alive.
///
/// The first signal asks the work to stop, so that it can leave things in order; if that takes more than a
/// moment, a line says that a second one ends the process where it is. Even then no file is
/// half-written under its final name: files get that name last.
final class SignalWatch {
  private let state = State()
  private let sources: [any DispatchSourceSignal]

  /// Starts watching.
  init() {
    let state = state
    sources = [SIGINT, SIGTERM].map { signal in
      Foundation.signal(signal, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
      source.setEventHandler { state.receive() }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }

  /// Sets what the first signal does; done at once if that signal has come already.
  func onSignal(_ stop: @escaping @Sendable () -> Void) { state.set(stop) }

  private final class State: Sendable {
    private struct Content {
      var isStopping = false
      var stop: (@Sendable () -> Void)?
    }

    private let content = Mutex(Content())

    func set(_ stop: @escaping @Sendable () -> Void) {
      let isLate = content.withLock { content in
        content.stop = stop
        return content.isStopping
      }
      if isLate { stop() }
    }

    func receive() {
      let (isFirst, stop) = content.withLock { content in
        defer { content.isStopping = true }
        return (!content.isStopping, content.stop)
      }
      guard isFirst else { Foundation._exit(ExitStatus.interrupted.rawValue) }
      stop?()
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1)) {
        StandardError.write("\nstopping; Ctrl-C again ends at once\n")
      }
    }
  }
}
