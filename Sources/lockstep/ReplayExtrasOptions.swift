import Accelerator
import ArgumentParser
import Foundation

/// The options of `lockstep replay` that ask for more than cycles and counts.
struct ReplayExtrasOptions: ParsableArguments {
  @Flag(
    help: """
      Say where the cycles went: the critical path, every engine by time step, and what a little \
      more hardware would save. Takes about four times as long.
      """)
  var explain = false

  @Flag(
    help: """
      Compare with hardware that works off every input of every neuron, spike or not, on as many \
      processing elements.
      """)
  var baseline = false

  @Option(
    help: ArgumentHelp(
      """
      Let the samples follow each other through the layers, and report throughput and waiting: \
      'saturated', 'periodic 2 kHz' or 'poisson 500 Hz'.
      """, valueName: "arrivals"))
  var stream: ArrivalProcess?

  @Option(
    help: ArgumentHelp(
      "Count the samples of the stream that take longer: '2 ms'.", valueName: "time"))
  var deadline: Deadline?

  @Option(
    help: ArgumentHelp("Of the random arrivals of the stream.", valueName: "n"))
  var streamSeed: UInt64 = 1

  /// A time with its unit.
  struct Deadline: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
      let number = argument.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let unit = argument.dropFirst(number.count).trimmingCharacters(in: .whitespaces)
      let sizes = ["s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
      guard let value = Double(number), let size = sizes[unit], value > 0 else { return nil }
      seconds = value * size
    }
  }

  func validate() throws {
    if deadline != nil, stream == nil {
      throw ValidationError(
        "--deadline needs --stream: it is about samples that follow each other.")
    }
  }

  var extras: ReplayExtras {
    ReplayExtras(
      explains: explain, hasBaseline: baseline,
      stream: stream.map {
        ReplayExtras.Stream(arrivals: $0, seed: streamSeed, deadline: deadline?.seconds)
      })
  }
}

extension ArrivalProcess: ExpressibleByArgument {
  /// Reads what a user typed.
  public init?(argument: String) { self.init(argument) }
}
