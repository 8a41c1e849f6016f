import Foundation

/// How the learning rate changes from batch to batch.
public enum LearningRateSchedule: String, Hashable, Codable, Sendable, CaseIterable {
  /// Always the same.
  case constant
  /// Cosine annealing to zero: `lr (1 + cos(pi step / steps)) / 2` (Loshchilov and Hutter, *SGDR*,
  /// ICLR 2017, one period).
  case cosine

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - initial: the rate at step 0.
  ///   - step: batches already learned.
  ///   - steps: batches in all.
  /// - Returns: the rate.
  public func rate(initial: Double, step: Int, steps: Int) -> Double {
    switch self {
    case .constant: initial
    case .cosine: initial * (1 + cos(Double.pi * Double(step) / Double(max(1, steps)))) / 2
    }
  }
}
