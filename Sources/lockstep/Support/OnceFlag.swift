import Synchronization

/// A flag that is raised once, from any thread.
final class OnceFlag: Sendable {
  private let isUp = Atomic(false)

  /// Raises it; whether this call was the first.
  func raise() -> Bool { !isUp.exchange(true, ordering: .acquiringAndReleasing) }
}
