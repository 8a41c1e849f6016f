import ArgumentParser
import SpikeTraces

/// The command line: one file a subcommand, wiring only.
@main
struct Lockstep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockstep",
    abstract: "Train spiking networks; replay their spikes, cycle by cycle, on FPGA accelerators.",
    discussion: """
      Lockstep answers what a spiking network costs on a given accelerator: cycles, time, and how \
      busy each part of the hardware is. Learning and hardware share one file, the spike trace.

      A TYPICAL PATH
        Train a small network on handwritten digits and record its spikes:
          lockstep train --preset digits --output output

        See which data sets can be learned, and where to get them:
          lockstep data

        See what a trace holds:
          lockstep trace info output/digits-test.spikes

        Replay it on an accelerator and see where the cycles go:
          lockstep replay output/digits-test.spikes \\
            --hardware hardware/digits-demo.yaml

        Change the accelerator, replay again, and see why it became faster or slower:
          lockstep compare before.json after.json

        See whether it fits its FPGA, and what it uses:
          lockstep resources hardware/digits-demo.yaml --trace output/digits-test.spikes
          lockstep power output/digits-test.spikes --hardware hardware/digits-demo.yaml

        Find the best of all its allocations:
          lockstep explore hardware/spaces/digits-space.yaml --trace output/digits-test.spikes

        Train many networks, see what each costs, and draw it as the published figures are:
          lockstep sweep fig1 --hardware hardware/digits-demo.yaml -o fig1.jsonl
          lockstep figure fig1 fig1.jsonl -o fig1.html

        Keep the results of sweeps in a store, and look at them:
          lockstep sweep fig2 --hardware hardware/digits-demo.yaml -o results.sqlite
          lockstep results list results.sqlite

        Let an optimiser of your own choose what is trained:
          lockstep ask fig2 --space
          lockstep tell fig2 --hardware hardware/digits-demo.yaml --store results.sqlite

        See which accelerators can be simulated, and every detail of one of them:
          lockstep platforms conv-2023 --explain

        Compare the simulation with recordings of real hardware:
          lockstep validate vectors/*.jsonl.zst

      EXIT STATUS
        0    done
        1    done, but what was checked does not hold
        2    could not be done; standard error says why, and what to do
        64   the command line was not understood
        130  interrupted by Ctrl-C
      """,
    version: "lockstep \(SoftwareVersion.current)",
    subcommands: [
      TrainCommand.self, RecordCommand.self, DataCommand.self, ModelCommand.self,
      TraceCommand.self, ReplayCommand.self, ReportCommand.self, CompareCommand.self,
      ResourcesCommand.self, PowerCommand.self, ExploreCommand.self, SweepCommands.self,
      ResultsCommand.self, AskCommand.self, TellCommand.self, FigureCommand.self,
      PlatformsCommand.self, ValidateCommand.self,
    ]
  )

  /// Runs the command of the process's arguments; every error and signal ends in ``Execution``.
  static func main() async {
    await Execution.run(Lockstep.self)
  }
}
