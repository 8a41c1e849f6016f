import ArgumentParser
import SpikeTraces

/// The command line: one file a subcommand, wiring only.
@main
struct Lockstep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Train spiking networks; replay their spikes, cycle by cycle, on FPGA accelerators.",
    version: SoftwareVersion.current,
    subcommands: [TraceCommand.self]
  )
}
