import ArgumentParser
import SpikeTraces

/// `lockstep trace dump`: prints spikes.
struct TraceDumpCommand: ParsableCommand {
  /// How spikes are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case csv
    case json
    case raster
  }

  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Print the spikes of a trace.",
    discussion: """
      text    for people: per time step, the neurons that spiked
      csv     sample,id,boundary,step,neuron: one line a spike, for spreadsheets and pandas
      json    one line of JSON a sample, as `convert` writes and reads
      raster  a picture: time to the right, neurons downwards

      Without --sample, all samples are printed; without --boundary, all boundaries (json always has \
      all). The neuron of channel c, row y, column x has the number (c * height + y) * width + x.

      EXAMPLES
        lockstep trace dump digits-test.spikes --sample 0 --format raster
        lockstep trace dump digits-test.spikes --boundary 2 --format csv > spikes.csv
        lockstep trace dump digits-test.spikes | head
      """)

  @Argument(help: "The trace.", completion: .file(extensions: ["spikes"]))
  var file: String

  @Option(
    name: [.customLong("sample"), .customLong("samples")],
    help: "Which samples: 7, 0..9 (both included), 100.. or ..9.")
  var samples: TraceSampleSelection?

  @Option(help: "Which layer boundary; 0 is the network's input.")
  var boundary: Int?

  @Option(help: "How to print: text, csv, json or raster.")
  var format: Format = .text

  @Option(help: "Lines of a raster at most; neurons share lines if there are more.")
  var rows = 32

  func validate() throws {
    guard rows > 0 else { throw ValidationError("--rows must be at least 1") }
  }

  func run() throws {
    try reportingTraceErrors {
      let reader = try openTrace(file)
      let boundaries = reader.header.layers.count + 1
      if let boundary, !(0..<boundaries ~= boundary) {
        throw TraceError(
          .outOfRange,
          "boundary \(boundary) was asked for; the trace has \(boundaries), counted from 0",
          file: file)
      }
      var output = StandardOutput()
      let selected = boundary.map { [$0] } ?? Array(0..<boundaries)
      if format == .csv { try output.write("sample,id,boundary,step,neuron\n") }
      for index in try samples?.range(of: reader) ?? 0..<reader.sampleCount {
        switch format {
        case .json:
          var line: [UInt8] = []
          TraceTextFormat.appendLine(for: try reader.sample(index), to: &line)
          try output.write(line)
        case .csv: try writeRows(of: index, selected, reader, &output)
        case .text, .raster: try write(index, selected, reader, &output)
        }
      }
      try output.flush()
    }
  }

  private func writeRows(
    of index: Int, _ boundaries: [Int], _ reader: TraceReader, _ output: inout StandardOutput
  ) throws {
    let id = try reader.summary(of: index).id
    for boundary in boundaries {
      let planes = try reader.boundary(boundary, of: index)
      for timeStep in 0..<planes.timeSteps {
        let start = "\(index),\(id),\(boundary),\(timeStep),"
        try planes.forEachSpike(timeStep: timeStep) { neuron in
          try output.write("\(start)\(neuron)\n")
        }
      }
    }
  }

  private func write(
    _ index: Int, _ boundaries: [Int], _ reader: TraceReader, _ output: inout StandardOutput
  ) throws {
    let summary = try reader.summary(of: index)
    try output.write(
      "sample \(index): id \(summary.id), label \(summary.label.map(String.init) ?? "unknown"), "
        + "prediction \(summary.prediction.map(String.init) ?? "none")\n")
    for boundary in boundaries {
      let name = boundary == 0 ? "input" : reader.header.layers[boundary - 1].name
      let planes = try reader.boundary(boundary, of: index)
      try output.write(
        "boundary \(boundary): \(name), \(reader.header.boundaries[boundary]), "
          + "\(summary.spikeCounts[boundary]) spikes\n")
      if format == .raster {
        try output.write(SpikeRaster(planes, rows: rows).text)
      } else {
        for timeStep in 0..<planes.timeSteps {
          var line = "  step \(timeStep):"
          planes.forEachSpike(timeStep: timeStep) { line += " \($0)" }
          try output.write(line + "\n")
        }
      }
    }
    try output.write("\n")
  }
}
