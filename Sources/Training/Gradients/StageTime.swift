import SpikingKernels

/// What one part of the training steps cost, for those who look for where the time goes.
public struct StageTime: Hashable, Sendable {
  /// The layer's name.
  public let layer: String
  /// `convolution` (or full connection), `neurons` and the same back: `neurons-back`,
  /// `weight-gradient`, `input-gradient`.
  public let stage: String
  /// Seconds of wall time, since measuring began.
  public let seconds: Double
}

extension GradientEngine {
  /// The parts of all layers so far; empty unless stages are measured.
  var stageTimes: [StageTime] {
    guard let clock else { return [] }
    return zip(plan.layers, clock.seconds).flatMap { layer, seconds in
      zip(StageClock.Stage.allCases, seconds).map { stage, seconds in
        let name =
          switch stage {
          case .convolution: "convolution"
          case .neurons: "neurons"
          case .neuronsBack: "neurons-back"
          case .weightGradient: "weight-gradient"
          case .inputGradient: "input-gradient"
          }
        return StageTime(layer: layer.name, stage: name, seconds: seconds)
      }
    }
  }
}
