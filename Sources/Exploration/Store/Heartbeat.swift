import Dispatch
import Synchronization

/// Something that is done every now and then, whatever all other threads are busy with.
final class Heartbeat: Sendable {
  private let timer = Mutex<(any DispatchSourceTimer)?>(nil)

  /// Starts, unless it has been started.
  func start(_ beat: @escaping @Sendable () -> Void) {
    timer.withLock { timer in
      guard timer == nil else { return }
      // A queue of its own: the shared threads may all be training.
      let new = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "heartbeat"))
      new.schedule(
        deadline: .now() + ClaimOwner.heartbeat, repeating: ClaimOwner.heartbeat,
        leeway: .seconds(1))
      new.setEventHandler(handler: beat)
      new.resume()
      timer = new
    }
  }

  /// Stops.
  func stop() {
    timer.withLock { timer in
      timer?.cancel()
      timer = nil
    }
  }

  deinit { stop() }
}
