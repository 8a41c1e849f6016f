import Accelerator
import Exploration
import Foundation
import Testing

private func space(_ text: String) throws -> DesignSpace {
  try DesignSpace(data: Data(text.utf8), path: "x/space.yaml")
}

/// Reading spaces: what is understood, and what is refused with which remedy.
@Suite struct DesignSpaceTests {
  @Test func everyKeyIsUnderstood() throws {
    let space = try space(
      """
      name: mine
      hardware: ../a.yaml
      quirks: [published, [published, -early-done]]
      traces: t.spikes
      device: XCKU5P
      clock: [100 MHz, 0.2 GHz]
      layers:
        conv1: {processing-elements: divisors, encoder-width: 8..64 by 8}
        fc1: {processing-elements: [4, 8], list-capacity: fixed, list-overflow: [drops, splits]}
      constraints: {latency: 1 ms, frame-rate: 500, fps-per-watt: 2000, power: 2 W, lut: 5000,
                    lost-frames: 0, accuracy: 95 %, area: 0.5, fits-device: false}
      objectives: [energy, latency-p99, lut]
      """)
    #expect(space.name == "mine" && space.hardware == ["x/../a.yaml"] && space.device == "XCKU5P")
    #expect(space.quirks == [["published"], ["published", "-early-done"]])
    #expect(space.traces == ["x/t.spikes"])
    #expect(space.layers[1].words == ["list-overflow": ["drops", "splits"]])
    #expect(space.clocks == [1e8, 2e8])
    #expect(space.layers.map(\.name) == ["conv1", "fc1"])
    #expect(space.layers[0].values["encoder-width"] == .range(8...64, step: 8))
    #expect(space.layers[0].values["processing-elements"] == .divisors)
    #expect(
      space.layers[1].values == ["processing-elements": .list([4, 8]), "list-capacity": .asStated])
    #expect(!space.fitsDevice)
    #expect(space.objectives == [.energy, .latencyP99, .tables])
    let limits = Dictionary(uniqueKeysWithValues: space.constraints.map { ($0.origin, $0.limit) })
    let stated: [String: Double] = [
      "latency": 1e-3, "frame-rate": 0.002, "fps-per-watt": 0.0005, "power": 2, "lut": 5000,
      "lost-frames": 0, "accuracy": 1 - 0.95, "area": 0.5,
    ]
    #expect(limits == stated)
  }

  @Test func whatIsLeftOutHasItsUsualMeaning() throws {
    let space = try space("hardware: b.yaml")
    #expect(space.name == "space" && space.hardware == ["x/b.yaml"])
    #expect(space.clocks.isEmpty && space.layers.isEmpty && space.constraints.isEmpty)
    #expect(space.fitsDevice && space.objectives == [.latency, .tables])
  }

  @Test(arguments: [
    ("", "the file is empty"),
    ("name: x", "'hardware' is missing"),
    (
      "hardware: h.yaml\nclocks: 1 MHz", "space.yaml:2: unknown key 'clocks'; did you mean 'clock'?"
    ),
    ("hardware: h.yaml\nclock: fast", "'clock' is 'fast'; give a frequency"),
    ("hardware: h.yaml\nclock: [1 MHz, 1 MHz]", "'clock' is a list"),
    ("hardware: h.yaml\nlayers:\n  c1: {pes: 4}", "space.yaml:3: unknown key 'pes' of layer c1"),
    ("hardware: h.yaml\nlayers: {c1: {processing-elements: 8..4}}", "a range such as 1..32"),
    ("hardware: h.yaml\nlayers: {c1: {processing-elements: [4, 4]}}", "is a list; give a number"),
    ("hardware: h.yaml\nlayers: {c1: {processing-elements: 0}}", "is '0'; give a number"),
    ("hardware: h.yaml\nlayers: 7", "'layers' is '7'"),
    ("hardware: h.yaml\nconstraints: {latency: 1}", "give the longest time with its unit"),
    ("hardware: h.yaml\nconstraints: {latency: nan s}", "give the longest time with its unit"),
    ("hardware: h.yaml\nconstraints: {lutt: 1}", "did you mean 'lut'?"),
    ("hardware: h.yaml\nconstraints: {lut: -1}", "give the most that may be used"),
    ("hardware: [h.yaml, h.yaml]", "'hardware' is a list; give a path"),
    ("hardware: h.yaml\nquirks: [[]]", "'quirks' is a list; give published, repaired"),
    ("hardware: h.yaml\ntraces: {a: 1}", "give a path such as output/digits-test.spikes"),
    (
      "hardware: h.yaml\nlayers: {c1: {list-overflow: [drops, drops]}}",
      "give one of its words, or a list"
    ),
    ("hardware: h.yaml\nconstraints: {accuracy: 95}", "give the least part of the samples"),
    ("hardware: h.yaml\nconstraints: {area: 0 %}", "give the largest part"),
    ("hardware: h.yaml\nobjectives: [speed]", "give one to 3 different ones of latency"),
    ("hardware: h.yaml\nobjectives: [latency, frame-rate]", "give one to 3 different ones"),
  ])
  func whatIsWrongIsNamedWithItsRemedy(text: String, message: String) throws {
    let error = try #require(throws: ExplorationError.self) { try space(text) }
    #expect(error.description.contains(message), "\(error)")
  }

  @Test func hardwareFilesAreReadBackAsTheyWereWritten() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    for name in [
      "digits-demo", "digits-hybrid", "fc-jetcas23", "fc-rtl", "hybrid-date25", "svhn-date24",
    ] {
      let file = try HardwareFile(path: folder.path + "/hardware/\(name).yaml")
      var copy = try HardwareFile(data: Data(file.yaml.utf8), path: file.path)
      #expect(copy.yaml == file.yaml)
      copy.layersLine = file.layersLine
      for index in copy.layers.indices {
        copy.layers[index].line = file.layers[index].line
        copy.layers[index].keyLines = file.layers[index].keyLines
      }
      #expect(copy == file, "\(name)")
    }
  }
}
