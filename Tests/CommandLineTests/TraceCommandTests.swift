import Foundation
import SpikeTraces
import Testing

/// `lockstep trace`, run as a user runs it.
@Suite struct TraceCommandTests {
  /// What a run of the program left.
  struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  private let folder: URL
  private let header: TraceHeader

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lockstep-commands-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    header = TraceHeader(
      networkName: "tiny", timeSteps: 4, coding: .events, input: LayerShape(channels: 16),
      layers: [
        TracedLayer(
          name: "fc1", operation: .fullyConnected,
          neuron: NeuronDescription(model: "leaky", beta: 0.5, threshold: 1, reset: "subtract"),
          output: LayerShape(channels: 10))
      ], dataSet: DataSetDescription(name: "made-up", split: "all", classes: 10))
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// A trace of samples whose neuron i % 16 spikes at step i % 4.
  private func writeTrace(_ name: String, samples: Int) throws {
    let writer = try TraceWriter(path: path(name), header: header)
    for index in 0..<samples {
      var input = SpikePlanes(timeSteps: 4, neurons: 16)
      input[timeStep: index % 4, neuron: index % 16] = true
      try writer.append(
        SampleRecord(
          id: UInt64(index), label: index % 10, prediction: index % 2 == 0 ? index % 10 : 0,
          boundaries: [input, SpikePlanes(timeSteps: 4, neurons: 10)]))
    }
    try writer.finish()
  }

  /// Runs a shell command in which `lockstep` is this package's program.
  private func run(_ command: String) throws -> Run {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var products = URL(fileURLWithPath: own).deletingLastPathComponent()
    // The runner may be the test bundle itself or a helper of the tool chain.
    if !FileManager.default.isExecutableFile(atPath: products.path + "/lockstep") {
      let bundle = try #require(CommandLine.arguments.first { $0.contains(".xctest") })
      products = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "lockstep() { '\(products.path)/lockstep' \"$@\"; }; " + command]
    process.currentDirectoryURL = folder
    let errors = folder.appendingPathComponent("errors-\(UUID().uuidString)")
    try Data().write(to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(at: errors) }
    return Run(
      status: process.terminationStatus, output: text,
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  @Test func infoSaysWhatTheTraceIs() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 20)
    let text = try run("lockstep trace info a.spikes")
    #expect(text.status == 0)
    #expect(text.errors == "")
    for expected in ["tiny", "made-up", "20 (20 labelled, 50.00 % predicted", "16x1x1", "1.56 %"] {
      #expect(text.output.contains(expected), "no \(expected) in \(text.output)")
    }
    let json = try run("lockstep trace info a.spikes --json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["samples"] as? Int == 20)
    #expect(object?["spikes"] as? Int == 20)
    #expect(object?["isWhole"] as? Bool == true)
  }

  @Test func verifyEndsWithTwoOnDamage() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 20)
    let sound = try run("lockstep trace verify a.spikes")
    #expect(sound.status == 0)
    #expect(sound.output.contains("sound; 20 samples, 20 spikes"))

    var bytes = try Data(contentsOf: folder.appendingPathComponent("a.spikes"))
    let extents = try TraceReader(path: path("a.spikes")).recordExtents
    bytes[extents[7].upperBound - 1] ^= 1
    try bytes.write(to: folder.appendingPathComponent("b.spikes"))
    let damaged = try run("lockstep trace verify b.spikes")
    #expect(damaged.status == 2)
    #expect(damaged.output == "")
    #expect(damaged.errors.hasPrefix("error: b.spikes: record 7, boundary 0, byte "))

    try bytes.prefix(extents[5].upperBound + 3).write(
      to: folder.appendingPathComponent("c.spikes"))
    let cut = try run("lockstep trace verify c.spikes")
    #expect(cut.status == 2)
    #expect(cut.errors.contains("6 whole records found, 3 bytes behind ignored"))
  }

  @Test func convertRecoversSkipsAndSelects() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 20)
    var bytes = try Data(contentsOf: folder.appendingPathComponent("a.spikes"))
    let extents = try TraceReader(path: path("a.spikes")).recordExtents
    bytes[extents[2].upperBound - 1] ^= 1
    try bytes.prefix(extents[9].upperBound + 3).write(
      to: folder.appendingPathComponent("cut.spikes"))

    let stopped = try run(
      "lockstep trace convert cut.spikes -o whole.spikes; echo $?; ls *.spikes*")
    #expect(stopped.output == "2\na.spikes\ncut.spikes\n")
    #expect(stopped.errors.contains("record 2"))

    let recovered = try run(
      "lockstep trace convert cut.spikes -o whole.spikes --skip-damaged --samples 0..7")
    #expect(recovered.status == 0)
    let reader = try TraceReader(path: path("whole.spikes"))
    #expect(reader.recoveryWarning == nil)
    #expect(
      try (0..<reader.sampleCount).map { try reader.summary(of: $0).id } == [0, 1, 3, 4, 5, 6, 7])

    #expect(try run("lockstep trace convert a.spikes -o whole.spikes").status == 2)
    #expect(try run("lockstep trace convert a.spikes -o whole.spikes --force").status == 0)
    #expect(try TraceReader(path: path("whole.spikes")).sampleCount == 20)
    #expect(try run("lockstep trace convert a.spikes -o b.spikes --samples 5..20").status == 2)
  }

  @Test func aTraceGoesThroughTextUnchanged() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 20)
    let run = try run(
      """
      lockstep trace convert a.spikes -o a.jsonl && lockstep trace convert a.jsonl -o b.spikes \
      && cmp a.spikes b.spikes
      """)
    #expect(run.status == 0)
    #expect(run.output == "")
  }

  @Test func dumpPrintsSpikes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 20)
    let text = try run("lockstep trace dump a.spikes --sample 5 --boundary 0")
    #expect(text.output.contains("sample 5: id 5, label 5, prediction 0\n"))
    #expect(text.output.contains("  step 0:\n  step 1: 5\n"))
    let lines = try run("lockstep trace dump a.spikes --samples 18.. --format csv")
    #expect(lines.output == "sample,id,boundary,step,neuron\n18,18,0,2,2\n19,19,0,3,3\n")
    let raster = try run(
      "lockstep trace dump a.spikes --sample 1 --boundary 0 --format raster --rows 4")
    #expect(raster.output.contains("    0-3 \u{B7}\u{2583}\u{B7}\u{B7}\n"))
    #expect(raster.output.contains("12-15 \u{B7}\u{B7}\u{B7}\u{B7}\n"))
    #expect(try run("lockstep trace dump a.spikes --boundary 2").status == 2)
    #expect(try run("lockstep trace dump a.spikes --sample 20").status == 2)
    let head = try run(
      "lockstep trace dump a.spikes --format csv | head -1; echo ${PIPESTATUS[1]}")
    #expect(head.output == "sample,id,boundary,step,neuron\n0\n")
    #expect(head.errors == "")
  }

  @Test func badInputEndsWithTwoAndOneLine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 3)
    try Data().write(to: folder.appendingPathComponent("empty"))
    try Data("hello".utf8).write(to: folder.appendingPathComponent("foreign"))
    for command in [
      "info empty", "verify foreign", "dump none", "info .", "convert . -o b", "verify /dev/null",
      "convert a.spikes -o none/b.spikes", "convert a.spikes -o .", "dump a.spikes > /dev/full",
    ] {
      let run = try run("lockstep trace \(command)")
      #expect(run.status == 2, "\(command): \(run.status)")
      #expect(run.errors.hasPrefix("error: "), "\(command): \(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(command): \(run.errors)")
    }
  }

  @Test func aFullDiskLeavesNothingUnderTheName() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try writeTrace("a.spikes", samples: 2000)
    let run = try run(
      "trap '' XFSZ; ulimit -f 8; lockstep trace convert a.spikes -o b.spikes; echo $?; ls b*")
    #expect(run.output == "2\n")
    #expect(run.errors.contains("error: b.spikes.partial: cannot be written"))
  }
}
