import ArgumentParser

/// `lockstep power`: what an accelerator uses.
struct PowerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power",
    abstract: "Estimate power and energy; calibrate with a vendor's reports; compare.",
    discussion: """
      EXAMPLES
          lockstep power output/digits-test.spikes --hardware hardware/digits-demo.yaml
          lockstep power calibrate --device XCKU5P --utilization util.txt --power power.txt \\
            --output my-device.yaml
          lockstep power compare

      docs/Power.md explains every number and its source.
      """,
    subcommands: [
      PowerEstimateCommand.self, PowerCalibrateCommand.self, PowerCompareCommand.self,
    ],
    defaultSubcommand: PowerEstimateCommand.self)
}
