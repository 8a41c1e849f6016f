import ArgumentParser
import SpikeTraces

/// `lockstep trace convert`: another form, a part, or the whole rest of a trace.
struct TraceConvertCommand: ParsableCommand {
  /// What is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case spikes
    case jsonl
  }

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Recover, cut, export or import a trace.",
    discussion: """
      Reads a trace, or lines of JSON, and writes either. Which one is read is told by its content; \
      what is written, by --format or the name of the output (*.jsonl: lines of JSON).

      Of a trace without its end (the writer was interrupted), the whole records are read, so that \
      the output is a whole trace again.

      The first line of the JSON form is {"format":"lockstep-spikes","version":1,"header":{...}}, \
      and every further line is a sample: {"id":17,"label":3,"prediction":3,"spikes":[[[0,5],[]],...]}, \
      where spikes[b][t] lists the neurons of boundary b that spiked in step t. \
      docs/TraceFormat.md shows a whole file. Export a trace to have a pattern for your own tools.

      EXAMPLES
        lockstep trace convert digits.spikes.partial -o digits.spikes      # recover
        lockstep trace convert digits.spikes -o first.spikes --samples 0..99
        lockstep trace convert digits.spikes -o digits.jsonl               # export
        lockstep trace convert mine.jsonl -o mine.spikes                   # import
      """)

  @Argument(help: "A trace, or lines of JSON.", completion: .file(extensions: ["spikes", "jsonl"]))
  var file: String

  @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
  var output: String

  @Option(help: "Which samples of a trace: 7, 0..99 (both included), 100.. or ..9.")
  var samples: TraceSampleSelection?

  @Option(help: "What to write: spikes or jsonl. (default: by the output's name)")
  var format: Format?

  @Flag(help: "Leave damaged samples out instead of stopping at the first.")
  var skipDamaged = false

  @Flag(name: .shortAndLong, help: "Replace the output if it exists.")
  var force = false

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output needs a file name") }
  }

  func run() throws {
    try reportingTraceErrors {
      let format = self.format ?? (output.hasSuffix(".jsonl") ? .jsonl : .spikes)
      let source = try TraceSource(path: file, samples: samples, skipDamaged: skipDamaged)
      let written: Int
      switch format {
      case .spikes: written = try writeTrace(source)
      case .jsonl: written = try writeLines(source)
      }
      if !verbosity.quiet { StandardError.write("\(output): \(written) samples written\n") }
    }
  }

  private func writeTrace(_ source: TraceSource) throws -> Int {
    let writer = try TraceWriter(path: output, header: source.header, overwrite: force)
    do {
      let count = try source.deliver { try writer.append($0) }
      try writer.finish()
      return count
    } catch {
      writer.abandon()
      throw error
    }
  }

  private func writeLines(_ source: TraceSource) throws -> Int {
    let text = try OutputFile(path: output, overwrite: force)
    do {
      try text.write(TraceTextFormat.line(for: source.header))
      var line: [UInt8] = []
      let count = try source.deliver { sample in
        line.removeAll(keepingCapacity: true)
        TraceTextFormat.appendLine(for: sample, to: &line)
        try text.write(line)
      }
      try text.finish()
      return count
    } catch {
      text.abandon(deleting: true)
      throw error
    }
  }
}

/// The samples to convert, from either form.
private struct TraceSource {
  private enum Kind {
    case trace(TraceReader, Range<Int>)
    case text(TraceTextReader)
  }

  let header: TraceHeader
  private let kind: Kind
  private let skipDamaged: Bool

  init(path: String, samples: TraceSampleSelection?, skipDamaged: Bool) throws {
    self.skipDamaged = skipDamaged
    if try TraceTextReader.recognises(path: path) {
      guard samples == nil else {
        throw TraceError(
          .outOfRange,
          "samples can be chosen of a trace only; convert the lines to a trace first", file: path)
      }
      let text = try TraceTextReader(path: path)
      header = text.header
      kind = .text(text)
    } else {
      let reader = try openTrace(path)
      header = reader.header
      kind = .trace(reader, try samples?.range(of: reader) ?? 0..<reader.sampleCount)
    }
  }

  /// Calls a closure with every sample and counts them.
  func deliver(_ body: (SampleRecord) throws -> Void) throws -> Int {
    var count = 0
    switch kind {
    case .text(var text):
      while let sample = try text.next() {
        try body(sample)
        count += 1
      }
    case .trace(let reader, let range):
      for index in range {
        let sample: SampleRecord
        do throws(TraceError) {
          sample = try reader.sample(index)
        } catch {
          guard skipDamaged else { throw error }
          StandardError.write("warning: \(error); left out\n")
          continue
        }
        try body(sample)
        count += 1
      }
    }
    return count
  }
}
