import ArgumentParser

/// `lockstep sweep`: runs a sweep here or on a cluster, and looks after those that run on a cluster.
struct SweepCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train many networks, and measure what each of them costs on an accelerator.",
    discussion: """
      'run' may be left out: 'lockstep sweep fig1 -o fig1.jsonl' is 'lockstep sweep run fig1 -o \
      fig1.jsonl'. See 'lockstep sweep run --help' for all that it can do; the others are for sweeps on a \
      cluster (docs/Clusters.md).

      EXAMPLES
        On this machine:
          lockstep sweep fig1 --hardware hardware/digits-demo.yaml -o fig1.jsonl

        On a cluster with Slurm; the folder must be one that all nodes share:
          lockstep sweep fig1 --hardware hardware/digits-demo.yaml -o fig1.jsonl \\
            --engine slurm --folder fig1-run --slurm-option --time=1:00:00
          lockstep sweep status fig1-run
      """,
    subcommands: [
      SweepCommand.self, SweepStatusCommand.self, SweepCollectCommand.self,
      SweepRetryCommand.self, SweepCancelCommand.self, SweepTaskCommand.self,
    ],
    defaultSubcommand: SweepCommand.self)
}
