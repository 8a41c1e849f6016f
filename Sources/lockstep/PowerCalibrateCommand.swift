import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports
import SpikeTraces

/// `lockstep power calibrate`: coefficients from a vendor's own reports.
struct PowerCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Refit power coefficients to Vivado's report_utilization and report_power.",
    discussion: """
      Reads the text of both reports of one design or more on the same device, refits the coefficients \
      of the vectorless estimate and the static power, says how far the refitted model is off for each \
      design, and stores all of it as a device file, to be named with --device. With --hardware and \
      --trace, the counts of the first design are compared with our estimate, and later estimates are \
      scaled by what differs.

      EXAMPLE
          lockstep power calibrate --device XCKU5P --utilization util.txt --power power.txt \\
            --output my-xcku5p.yaml
          lockstep power digits.spikes --hardware mine.yaml --device my-xcku5p.yaml
      """)

  @Option(help: "The device to begin with: a name, or a device file (.yaml).")
  var device: String

  @Option(
    help: ArgumentHelp(
      "A text of report_utilization; once a design.", valueName: "file"), completion: .file())
  var utilization: [String]

  @Option(
    help: ArgumentHelp(
      "The text of report_power of the same design, in the same order.", valueName: "file"),
    completion: .file())
  var power: [String]

  @Option(
    help: ArgumentHelp(
      "The clock, if a report does not name exactly one.", valueName: "frequency"))
  var clock: String?

  @Option(
    help: "The accelerator of the first design: a YAML file.",
    completion: .file(extensions: ["yaml", "yml"]))
  var hardware: String?

  @Option(help: "A trace of its network.", completion: .file(extensions: ["spikes"]))
  var trace: String?

  @Option(
    help: ArgumentHelp("The device file to write; '-' is standard output.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var output: String

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  @Option(
    help: ArgumentHelp(
      "Write coefficients and errors as JSON too; '-' writes it to standard output instead of the "
        + "tables.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  func validate() throws {
    if utilization.isEmpty || utilization.count != power.count {
      throw ValidationError(
        "Give --utilization and --power once each for every design: there are \(utilization.count) "
          + "and \(power.count).")
    }
    if output == "-", json == "-" {
      throw ValidationError("only one of --output and --json can write to standard output.")
    }
    if (hardware == nil) != (trace == nil) {
      throw ValidationError("Give --hardware and --trace together, or neither.")
    }
  }

  func run() throws {
    let hertz = try clock.map { text in
      guard let hertz = Quantity.value(text, in: "Hz"), hertz > 0 else {
        throw EstimationError(
          message: "--clock is '\(text)'; give a frequency with its unit, such as '100 MHz'")
      }
      return hertz
    }
    let pairs = try zip(utilization, power).map { utilization, power in
      try Calibration.Pair(
        utilization: UtilizationReport(path: utilization), power: VivadoPowerReport(path: power),
        clockHertz: hertz, name: power)
    }
    var calibration = try Calibration(try DeviceLibrary.device(device), from: pairs)
    if let hardware, let trace {
      let file = try HardwareFile(path: hardware)
      let header = try TraceReader(path: trace).header
      let report = ResourceReport(
        HardwareDesign(try file.bind(to: header, trace: trace), network: header),
        name: file.name, network: header.networkName, options: ResourceOptions(),
        device: try DeviceLibrary.device(device))
      calibration.adopt(
        estimate: report.total.value, measured: pairs[0].utilization.counts)
    }
    try FileOutput(path: output).commit(Data(calibration.device.yaml.utf8))
    if let json { try FileOutput(path: json).commit(Data(try ResultJSON.text(calibration).utf8)) }
    if output != "-", json != "-" {
      try StandardOutput.write(calibration.text(.detected(descriptor: 1)))
    }
  }
}
