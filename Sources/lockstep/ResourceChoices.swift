import Accelerator
import ArgumentParser
import PowerEstimation

/// What estimates of resources and power need to know beside the hardware file.
struct ResourceChoices: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The FPGA: XCKU5P, XCVU13P, ..., or a device file (.yaml); else that of the hardware file.",
      valueName: "device"))
  var device: String?

  @Option(
    help: ArgumentHelp(
      "Bits of a weight (default: as published, 4 in hybrid-2024 and 32 before).",
      valueName: "bits"))
  var weightBits: Int?

  @Option(
    name: .customLong("fc-weights"),
    help: ArgumentHelp(
      "Where fully connected layers keep their weights (default: as published).",
      valueName: "block|ultra"))
  var fullyConnectedWeights: ResourceOptions.WeightMemory?

  func validate() throws {
    let range = ResourceOptions.weightBitsRange
    if let weightBits, !range.contains(weightBits) {
      throw ValidationError(
        "--weight-bits is \(weightBits); it must be from \(range.lowerBound) to \(range.upperBound)."
      )
    }
  }

  var options: ResourceOptions {
    ResourceOptions(weightBits: weightBits, fullyConnectedWeights: fullyConnectedWeights)
  }

  /// The device that was asked for, or that the hardware file names; nil if neither names one.
  func device(for hardware: HardwareFile) throws -> Device? {
    try (device ?? hardware.device).map(DeviceLibrary.device)
  }

  /// The device, which must be known.
  func requiredDevice(for hardware: HardwareFile) throws -> Device {
    if let device = try device(for: hardware) { return device }
    throw EstimationError(
      file: hardware.path,
      message:
        "the hardware file names no device, and power depends on it; add 'device: XCKU5P' or "
        + "give --device")
  }
}

extension ResourceOptions.WeightMemory: ExpressibleByArgument {}
