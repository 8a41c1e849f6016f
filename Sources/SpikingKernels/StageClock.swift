import Foundation

/// What the parts of a training step cost, for those who look for where the time goes.
///
/// Kernels call ``mark(_:)`` when a part ends; the time since the last mark is that part's. One
/// worker's scratch memory holds the clock, if there is one.
package final class StageClock {
  /// The parts of a layer's work.
  package enum Stage: Int, CaseIterable {
    case convolution, neurons, neuronsBack, weightGradient, inputGradient
  }

  /// Seconds of every layer and stage.
  package private(set) var seconds: [[Double]]
  /// The layer at hand.
  package var layer = 0
  private var last = StageClock.now

  package init(layers: Int) {
    seconds = Array(repeating: Array(repeating: 0, count: Stage.allCases.count), count: layers)
  }

  /// Ends a part of the layer at hand.
  package func mark(_ stage: Stage) {
    let now = Self.now
    seconds[layer][stage.rawValue] += now - last
    last = now
  }

  /// Ends something that belongs to no layer.
  package func skip() { last = Self.now }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
