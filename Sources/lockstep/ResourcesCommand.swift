import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports
import SpikeTraces
import SpikingNetworks
import Training

/// `lockstep resources`: what an accelerator needs of an FPGA, and whether it fits.
struct ResourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resources",
    abstract: "Estimate what an accelerator needs of an FPGA, and whether it fits.",
    discussion: """
      Look-up tables, flip-flops, block and ultra RAMs and multipliers of every component and layer, \
      with bounds. Shapes come from a trace or from a network; spikes make no difference. If the \
      design does not fit, the largest allocation of processing elements that does is named.

      EXAMPLES
        Does the demonstration accelerator fit its device?
          lockstep resources hardware/digits-demo.yaml --trace output/digits-test.spikes

        A network that has not been trained, on another device:
          lockstep resources hardware/digits-demo.yaml --network models/digits.safetensors \\
            --device XC7Z020

      docs/Resources.md explains every number and its source.
      """)

  @Argument(
    help: "The accelerator: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var hardware: String

  @Option(help: "A trace of the network.", completion: .file(extensions: ["spikes"]))
  var trace: String?

  @Option(
    help: "The network instead of a trace: a model (.safetensors) or network file (.yaml).",
    completion: .file(extensions: ["safetensors", "yaml"]))
  var network: String?

  @OptionGroup(title: "The device")
  var choices: ResourceChoices

  @Option(
    help: ArgumentHelp(
      "Write the report as JSON too; '-' writes it to standard output instead of the tables.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func validate() throws {
    if (trace == nil) == (network == nil) {
      throw ValidationError("Give either --trace or --network: the shapes come from one of them.")
    }
  }

  func run() throws {
    let file = try HardwareFile(path: hardware)
    let header = try header(for: file)
    let bound = try file.bind(to: header, trace: trace ?? network ?? "")
    let report = ResourceReport(
      HardwareDesign(bound, network: header), name: file.name, network: header.networkName,
      options: choices.options, device: try choices.device(for: file),
      library: try DeviceLibrary.devices())
    if let json { try FileOutput(path: json).commit(Data(try ResultJSON.text(report).utf8)) }
    if json != "-" { try StandardOutput.write(report.text(.detected(descriptor: 1))) }
  }

  private func header(for file: HardwareFile) throws -> TraceHeader {
    if let trace { return try TraceReader(path: trace).header }
    let path = network ?? ""
    let description =
      NetworkFile.isNetworkFile(path)
      ? try NetworkFile(path: path).description : try ModelFile(path: path).network.description
    // A dense first layer reads values, any other one spikes.
    return try TraceHeader(
      of: description, coding: file.layers.first?.kind == .dense ? .direct : .rate)
  }
}
