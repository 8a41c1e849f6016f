import Accelerator
import ArgumentParser
import PowerEstimation
import SpikeTraces

/// How a device is run, for estimates of power.
struct PowerChoices: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run at another frequency than the hardware file's; clocks of layers scale with it.",
      valueName: "frequency"))
  var clock: String?

  @Option(
    help: ArgumentHelp(
      "The supply of the logic (default: the device's nominal one).", valueName: "voltage"))
  var voltage: String?

  @Flag(help: "Stop a layer's clock while the layer is not active.")
  var gating = false

  /// What the choices mean for a hardware file.
  func point(for hardware: HardwareFile) throws -> OperatingPoint {
    var point = OperatingPoint(gatesClocks: gating)
    if let clock {
      guard let hertz = Quantity.value(clock, in: "Hz"), (1e3...1e10).contains(hertz) else {
        throw EstimationError(
          message: "--clock is '\(clock)'; give a frequency from 1 kHz to 10 GHz, such as '150 MHz'"
        )
      }
      point.frequencyScale = hertz / hardware.clock
    }
    if let voltage {
      guard let volts = Quantity.value(voltage, in: "V"), (0.3...2).contains(volts) else {
        throw EstimationError(
          message: "--voltage is '\(voltage)'; give one from 0.3 V to 2 V, such as '0.72 V'")
      }
      point.voltage = volts
    }
    return point
  }

  /// Resources, power and energy of a replay, and what more hardware would cost.
  ///
  /// - Parameters:
  ///   - report: what the accelerator did.
  ///   - hardware: the accelerator, fitted to the network.
  ///   - network: the network.
  ///   - choices: what else its size depends on.
  /// - Returns: the estimates.
  /// - Throws: ``EstimationError`` if the device is not known, or a choice impossible.
  func estimates(
    _ report: ReplayReport, on hardware: BoundHardware, network: TraceHeader,
    _ choices: ResourceChoices
  ) throws -> PoweredReplay.Estimates {
    let device = try choices.requiredDevice(for: hardware.file)
    let design = HardwareDesign(hardware, network: network)
    let coefficients = try DeviceLibrary.coefficients(of: device)
    let resources = ResourceReport(
      design, name: hardware.file.name, network: network.networkName,
      options: choices.options, device: device)
    let power = PowerReport(
      report, resources: resources, design: design, device: device, coefficients: coefficients,
      at: try point(for: hardware.file))
    return PoweredReplay.Estimates(
      power: power, resources: resources,
      upgrades: Upgrade.all(
        of: report, on: hardware, network: network, resources: resources, power: power,
        coefficients: coefficients))
  }
}
