import Foundation

/// How the learning rate changes from batch to batch.
public enum LearningRateSchedule: Hashable, Codable, Sendable {
  /// Always the same.
  case constant
  /// Cosine annealing to zero: `lr (1 + cos(pi step / steps)) / 2` (Loshchilov and Hutter, *SGDR*,
  /// ICLR 2017, one period).
  case cosine
  /// Cosine annealing that starts again after `period` epochs, then after `growth` times as many,
  /// and so on (SGDR; PyTorch's `CosineAnnealingWarmRestarts`).
  case warmRestarts(period: Int, growth: Int)
  /// Cosine annealing to zero within so many steps, then back up, and so on: what PyTorch's
  /// `CosineAnnealingLR` does beyond its `T_max`.
  case cosineWave(steps: Int)
  /// The rate times `factor` after every `epochs` epochs (PyTorch's `StepLR`).
  case steps(epochs: Int, factor: Double)

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - initial: the rate at step 0.
  ///   - step: batches already learned.
  ///   - steps: batches in all.
  ///   - stepsPerEpoch: batches of an epoch.
  /// - Returns: the rate.
  public func rate(initial: Double, step: Int, steps: Int, stepsPerEpoch: Int = 1) -> Double {
    switch self {
    case .constant: return initial
    case .cosine: return initial * Self.annealed(Double(step) / Double(max(1, steps)))
    case .warmRestarts(let period, let growth):
      var length = max(1, period * stepsPerEpoch)
      var rest = step
      while rest >= length {
        rest -= length
        length *= max(1, growth)
      }
      return initial * Self.annealed(Double(rest) / Double(length))
    case .cosineWave(let half):
      return initial * Self.annealed(Double(step) / Double(max(1, half)))
    case .steps(let epochs, let factor):
      return initial * pow(factor, Double(step / max(1, epochs * stepsPerEpoch)))
    }
  }

  /// The schedule as logs and traces name it.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .cosine: "cosine"
    case .warmRestarts(let period, let growth): "warm-restarts period=\(period) growth=\(growth)"
    case .cosineWave(let steps): "cosine-wave steps=\(steps)"
    case .steps(let epochs, let factor): "steps epochs=\(epochs) factor=\(factor)"
    }
  }

  private static func annealed(_ part: Double) -> Double { (1 + cos(Double.pi * part)) / 2 }
}
