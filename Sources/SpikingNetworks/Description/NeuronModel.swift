import Foundation
import SpikingKernels

/// A neuron model with the constants of its recurrence, as snnTorch 1.0.0 defines them.
public enum NeuronModel: Hashable, Codable, Sendable {
  /// `mem[t] = beta mem[t-1] + I[t]`, less the reset (snnTorch `Leaky`).
  case leaky(beta: Float)
  /// `mem[t] = mem[t-1] + I[t]`, less the reset: a leaky neuron without leak.
  case integrateAndFire
  /// `mem[t] = (1 - dt / (R C)) mem[t-1] + (dt / C) I[t]`, less the reset (snnTorch `Lapicque`).
  case lapicque(resistance: Float, capacitance: Float, timeStep: Float)
  /// `syn[t] = alpha syn[t-1] + I[t]; mem[t] = beta mem[t-1] + syn[t]`, less the reset (snnTorch
  /// `Synaptic`).
  case synaptic(alpha: Float, beta: Float)

  /// The `Lapicque` neuron of a decay alone: R = 1, dt = 1 and C = 1 / ln(1 / beta).
  ///
  /// Its real decay is therefore 1 + ln(beta), not beta (snnTorch 1.0.0, `Lapicque`).
  public static func lapicque(beta: Float) -> NeuronModel {
    .lapicque(resistance: 1, capacitance: 1 / log(1 / beta), timeStep: 1)
  }

  /// The model's name in traces and files: `leaky`, `integrate-and-fire`, `lapicque`, `synaptic`.
  public var name: String {
    switch self {
    case .leaky: "leaky"
    case .integrateAndFire: "integrate-and-fire"
    case .lapicque: "lapicque"
    case .synaptic: "synaptic"
    }
  }

  /// The factor by which a membrane shrinks from one step to the next.
  public var decay: Float {
    switch self {
    case .leaky(let beta), .synaptic(_, let beta): beta
    case .integrateAndFire: 1
    case .lapicque(let resistance, let capacitance, let timeStep):
      1 - timeStep / (resistance * capacitance)
    }
  }

  /// The same model with another decay, where that is a constant of its own.
  func withDecay(_ beta: Float) -> NeuronModel {
    switch self {
    case .leaky: .leaky(beta: beta)
    case .synaptic(let alpha, _): .synaptic(alpha: alpha, beta: beta)
    case .integrateAndFire, .lapicque: self
    }
  }
}
