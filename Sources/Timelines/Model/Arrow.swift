import EventSimulation

/// A hand-shake: work of one engine that a signal of another set off.
public struct Arrow: Hashable, Sendable {
  /// A slice of a track.
  public struct Place: Hashable, Sendable {
    /// The engine, as a position in ``Timeline/engines``.
    public let engine: Int
    /// The slice, as a position in ``EngineTrack/slices``.
    public let slice: Int
  }

  /// The signal, as a position in ``Timeline/signals``.
  public let signal: Int
  /// The cycle in which it is seen.
  public let cycle: Cycle
  /// The work that raised it.
  public let from: Place
  /// The work that it set off.
  public let to: Place

  /// The arrows of all signals between two engines.
  ///
  /// A pulse sets off what its listener does next, unless the listener is busy: then it is missed. A
  /// level sets off what its listener does after its next rest, unless it is 0 again by then.
  static func all(_ signals: [SignalTrack], _ engines: [EngineTrack]) -> [Arrow] {
    var arrows: [Arrow] = []
    for (index, signal) in signals.enumerated() {
      guard let driver = signal.driver else { continue }
      for listener in signal.listeners where listener != driver {
        let route = Route(driver: driver, listener: listener, engines: engines)
        for (cycle, until) in signal.risings {
          guard let origin = route.origin(cycle),
            let target = route.target(cycle, until: until),
            engines[driver].slices[origin].from < engines[listener].slices[target].from
          else { continue }
          arrows.append(
            Arrow(
              signal: index, cycle: cycle, from: Place(engine: driver, slice: origin),
              to: Place(engine: listener, slice: target)))
        }
      }
    }
    return arrows
  }
}

extension SignalTrack {
  /// When it is raised, and the last cycle in which that can set off anything.
  fileprivate var risings: [(cycle: Cycle, until: Cycle)] {
    switch kind {
    case .pulse: return pulses.map { ($0, $0) }
    case .level:
      var risings: [(cycle: Cycle, until: Cycle)] = []
      for (index, change) in changes.enumerated() where change.value != 0 {
        let next = index + 1 < changes.count ? changes[index + 1].cycle - 1 : .max
        risings.append((change.cycle, next))
      }
      return risings
    }
  }
}

/// From one engine to another.
private struct Route {
  let driver: Int
  let listener: Int
  let engines: [EngineTrack]

  /// The work in whose last cycle a signal is raised, or in whose first; else the work before it.
  func origin(_ cycle: Cycle) -> Int? {
    let track = engines[driver]
    guard cycle > 0, var position = track.position(at: cycle - 1) else { return nil }
    func isBusy(_ position: Int) -> Bool { track.activity(of: track.slices[position]) == .busy }
    if isBusy(position) { return position }
    if let next = track.position(at: cycle), isBusy(next) { return next }
    while position > 0 {
      position -= 1
      if isBusy(position) { return position }
    }
    return nil
  }

  /// The work that begins after a rest in which the signal is seen.
  func target(_ cycle: Cycle, until last: Cycle) -> Int? {
    let track = engines[listener]
    func isBusy(_ position: Int) -> Bool { track.activity(of: track.slices[position]) == .busy }
    guard var position = track.position(at: cycle) else { return nil }
    while position < track.slices.count, isBusy(position) { position += 1 }
    guard position < track.slices.count, track.slices[position].from <= last else { return nil }
    while position < track.slices.count, !isBusy(position) { position += 1 }
    guard position < track.slices.count else { return nil }
    // What is seen in a cycle sets off the next one.
    let begin = track.slices[position].from
    return begin - 1 <= last ? position : nil
  }
}
