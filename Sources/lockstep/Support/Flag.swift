import Synchronization

/// A flag that is raised once, from any thread.
final class Flag: Sendable {
  private let isUp = Atomic(false)

  /// Whether it has been raised.
  var isRaised: Bool { isUp.load(ordering: .acquiring) }

  /// Raises it; whether this call was the first.
  func raise() -> Bool { !isUp.exchange(true, ordering: .acquiringAndReleasing) }
}
