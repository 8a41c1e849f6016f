import ArgumentParser
import Foundation
import SpikeTraces

/// `lockstep trace info`: what a trace is of, and how much of it there is.
struct TraceInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print what a trace is of: network, layers, samples, firing rates, size.",
    discussion: """
      The firing rate of a boundary is the share of its neurons that spike in a time step, over all \
      samples. Bits are what the same spikes take at one bit a neuron and time step.

      EXAMPLES
        lockstep trace info digits-test.spikes
        lockstep trace info digits-test.spikes --json | jq '.boundaries[].firingRate'
      """)

  @Argument(help: "The trace.", completion: .file(extensions: ["spikes"]))
  var file: String

  @Flag(help: "Print JSON for programs.")
  var json = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    try reportingTraceErrors {
      let reader = try openTrace(file)
      let information = try TraceInformation(reader)
      var output = StandardOutput()
      try output.write(json ? try information.json() : information.text())
      try output.flush()
    }
  }
}
