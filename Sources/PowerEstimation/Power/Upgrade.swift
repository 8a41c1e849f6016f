import Accelerator
import SpikeTraces

/// A little more hardware for one layer: what it saves, and what that costs.
///
/// Time is from the replay with the larger hardware, sample by sample; resources and power are those of
/// the design with it less those of the design as it is. Power is the vectorless one.
public struct Upgrade: Hashable, Codable, Sendable {
  /// What it saves, as the replay found.
  public var saving: Saving
  /// The mean latency of an image with it, s.
  public var latencySeconds: Double
  /// What it needs in addition; below zero where it needs less.
  public var resources: ResourceEstimate
  /// What it draws in addition, W.
  public var power: Estimate
  /// The energy of an image with it, J.
  public var energyPerImage: Estimate
  /// How the device is used with it.
  public var uses: [DeviceFit.Use]
  /// Whether the device holds the design with it.
  public var verdict: DeviceFit.Verdict

  /// What every saving of an explained replay costs.
  ///
  /// - Parameters:
  ///   - replay: the replay; without an explanation there are no upgrades.
  ///   - hardware: what was replayed on.
  ///   - network: the network.
  ///   - resources: what the design is built of.
  ///   - power: what it draws.
  ///   - coefficients: of the device's technology, at the voltage of the set.
  /// - Returns: an upgrade a saving that saves something, largest saving first.
  public static func all(
    of replay: ReplayReport, on hardware: BoundHardware, network: TraceHeader,
    resources: ResourceReport, power: PowerReport, coefficients: CoefficientSet
  ) -> [Upgrade] {
    guard let explanation = replay.explanation else { return [] }
    let cycles = Double(max(explanation.criticalPath.reduce(0) { $0 + $1.cycles }, 1))
    let relaxations = hardware.relaxations(for: network)
    // Without counts of events there is only the vectorless estimate, which needs none.
    var plain = replay
    plain.engine = .closed
    return explanation.savings.filter { $0.savedCycles > 0 }.compactMap { saving in
      let relaxation = relaxations.first {
        hardware.layers[$0.layer].name == saving.layer && $0.parameter.key == saving.parameter
          && $0.to == saving.to
      }
      guard let relaxation else { return nil }
      let design = HardwareDesign(relaxation.hardware, network: network)
      var larger = resources
      larger.layers = design.estimate(
        resources.options.adapted(to: power.device), scale: power.device.resourceScale)
      let total = larger.layers.reduce(.zero) { $0 + $1.total }
      let estimate = PowerReport(
        plain, resources: larger, design: design, device: power.device,
        coefficients: coefficients, at: power.operatingPoint)
      let latency = power.latencySeconds * (1 - Double(saving.savedCycles) / cycles)
      let uses = DeviceFit.uses(of: power.device, by: total)
      return Upgrade(
        saving: saving, latencySeconds: latency, resources: total - resources.total,
        power: estimate.vectorless.power - power.vectorless.power,
        energyPerImage: estimate.vectorless.power * latency, uses: uses,
        verdict: DeviceFit.Verdict(uses))
    }
  }
}

extension Estimate {
  /// The difference of two estimates that are wrong in the same way: bound by bound, in order.
  fileprivate static func - (left: Estimate, right: Estimate) -> Estimate {
    let (low, high) = (left.low - right.low, left.high - right.high)
    return Estimate(left.value - right.value, low: min(low, high), high: max(low, high))
  }
}

extension ResourceEstimate {
  fileprivate static func - (left: ResourceEstimate, right: ResourceEstimate) -> ResourceEstimate {
    var difference = ResourceEstimate.zero
    for resource in Resource.allCases { difference[resource] = left[resource] - right[resource] }
    return difference
  }
}
