import Accelerator
import Foundation
import Testing

/// Reads a hardware file from text.
private func read(_ text: String) throws(HardwareError) -> HardwareFile {
  try HardwareFile(data: Data(text.utf8), path: "x.yaml")
}

/// The message with which a text is refused, or nil.
private func refusal(_ text: String) -> String? {
  do {
    _ = try read(text)
    return nil
  } catch {
    return error.description
  }
}

private let smallest = """
  platform: conv-2023
  clock: 100 MHz
  layers:
    - kind: convolution
      processing-elements: 4
  """

@Suite struct HardwareFileTests {
  @Test func smallestFileIsEnough() throws {
    let file = try read(smallest)
    #expect(file.name == "x")
    #expect(file.platform == .conv2023)
    #expect(file.clock == 100e6)
    #expect(file.device == nil && file.source == nil)
    #expect(file.layers.count == 1)
    #expect(file.layers[0].name == "1")
    #expect(file.layers[0].kind == .convolution)
    #expect(file.layers[0].numbers == ["processing-elements": 4])
    #expect(file.layers[0].line == 4)
  }

  @Test(arguments: [
    ("1 kHz", 1e3), ("0.1 GHz", 1e8), ("100MHz", 1e8), ("2500 hz", 2500.0), ("10 GHz", 1e10),
  ])
  func clocksHaveUnits(_ text: String, _ hertz: Double) throws {
    let file = try read(smallest.replacingOccurrences(of: "100 MHz", with: text))
    #expect(abs(file.clock - hertz) < 1e-6 * hertz)
  }

  @Test func otherLineBreaksAndMarksAreFine() throws {
    let lines = smallest.replacingOccurrences(of: "\n", with: "\r\n")
    #expect(try read("\u{FEFF}" + lines).layers == read(smallest).layers)
    let slip = lines.replacingOccurrences(of: "elements: 4", with: "elements: 0")
    #expect(try #require(refusal(slip)).hasPrefix("x.yaml:5: "))
  }

  @Test func textMayContainWhatLooksLikeAnchors() throws {
    let file = try read(
      smallest + "\nsource: 'R&D *notes* !'\ndevice: a & b * c # &comment *too\n")
    #expect(file.source == "R&D *notes* !")
    #expect(file.device == "a & b * c")
  }

  /// What a user gets wrong, and the one sentence that says so.
  @Test(arguments: [
    ("", "x.yaml: the file is empty; docs/HardwareFile.md shows a complete hardware file"),
    (
      "# only a comment\n",
      "x.yaml: the file is empty; docs/HardwareFile.md shows a complete "
        + "hardware file"
    ),
    (
      "- 1\n",
      "x.yaml:1: a hardware file must be 'key: value' lines, such as "
        + "'platform: conv-2023'"
    ),
    (
      "platform: conv-2023\n",
      "x.yaml:1: 'clock' is missing; add it, for example "
        + "'clock: 100 MHz'"
    ),
  ])
  func wholeFileIsWrong(_ text: String, _ message: String) {
    #expect(refusal(text) == message)
  }

  @Test(arguments: [
    (
      "platform: conv-2023", "platfrom: conv-2023",
      "x.yaml:1: unknown key 'platfrom'; did you mean 'platform'?"
    ),
    (
      "processing-elements", "processing_elements",
      "x.yaml:5: unknown key 'processing_elements' of layer 1; did you mean 'processing-elements'?"
    ),
    (
      "clock: 100 MHz", "clock: 100 MHz\nvoltage: 1",
      "x.yaml:3: unknown key 'voltage'; the known keys are name, platform, clock, device, source, "
        + "quirks, spike-buffers, layers"
    ),
    (
      "clock: 100 MHz", "clock: 100",
      "x.yaml:2: 'clock' is '100'; it must be a number and its unit (Hz, kHz, MHz or GHz) from "
        + "1 kHz to 10 GHz, such as 100 MHz"
    ),
    (
      "conv-2023", "conv-2032",
      "x.yaml:1: 'platform' is 'conv-2032'; it must be one of "
        + HardwarePlatform.allCases.map(\.rawValue).joined(separator: ", ")
    ),
    (
      "kind: convolution", "kind: pooling",
      "x.yaml:4: 'kind' of layer 1 is 'pooling'; it must be one of convolution, fully-connected"
    ),
    (
      "elements: 4", "elements: 4\n    kind: convolution",
      "x.yaml:6: the key 'kind' is there twice; remove one of them"
    ),
    (
      "- kind: convolution\n", "-\n",
      "x.yaml:5: 'kind' of layer 1 is missing; add it, for example 'kind: convolution'"
    ),
    (
      "- kind: convolution\n    processing-elements: 4", "- 32",
      "x.yaml:4: an entry under 'layers' must be 'key: value' lines, such as 'kind: convolution'"
    ),
  ])
  func slipsNameLineAndFix(_ original: String, _ slip: String, _ message: String) {
    let text = smallest.replacingOccurrences(of: original, with: slip)
    #expect(text != smallest)
    #expect(refusal(text) == message)
  }

  @Test func eachKindHasItsOwnKeys() {
    let hybrid = smallest.replacingOccurrences(of: "conv-2023", with: "hybrid-2024")
    #expect(refusal(hybrid) == nil)
    let dense = hybrid.replacingOccurrences(of: "kind: convolution", with: "kind: dense")
    #expect(
      refusal(dense) == """
        x.yaml:5: unknown key 'processing-elements' of layer 1; the known keys are name, kind, clock, \
        source
        """)
    let rows = hybrid.replacingOccurrences(
      of: "kind: convolution", with: "kind: fully-connected\n    list-capacity: 4")
    #expect(refusal(rows)?.hasPrefix("x.yaml:5: unknown key 'list-capacity' of layer 1;") == true)
    #expect(
      refusal(smallest.replacingOccurrences(of: "kind: convolution", with: "kind: dense")) == """
        x.yaml:4: 'kind' of layer 1 is 'dense'; it must be one of convolution, fully-connected
        """)
  }

  @Test(arguments: [
    "0", "-3", "1e30", ".nan", "NaN", ".inf", "many", "+4", "'4'", "\"4\"", "4.0", "0x10", "1:30",
    "99999999999999999999999", "[4]", "{a: 4}", "", "~", "65537", "4 PEs", "٤",
  ])
  func absurdNumbersAreRefused(_ value: String) throws {
    let text = smallest.replacingOccurrences(of: "elements: 4", with: "elements: \(value)")
    let message = try #require(refusal(text))
    #expect(message.hasPrefix("x.yaml:5: 'processing-elements' of layer 1 is "))
    #expect(message.hasSuffix("it must be a whole number from 1 to 65536, such as 32"))
  }

  @Test(arguments: [
    "0 MHz", "-100 MHz", "1e30 Hz", "NaN MHz", "fast", "100 MHz MHz", "1.2.3 MHz", "11 GHz", "[]",
    "", "100 mph", "inf Hz", ". MHz",
  ])
  func absurdClocksAreRefused(_ value: String) throws {
    let message = try #require(
      refusal(smallest.replacingOccurrences(of: "100 MHz", with: value)))
    #expect(message.hasPrefix("x.yaml:2: 'clock' is "))
  }

  @Test(arguments: ["layers: []", "layers: many", "layers:", "layers: {a: 1}"])
  func layersMustBeAList(_ line: String) throws {
    let message = try #require(refusal("platform: conv-2023\nclock: 1 MHz\n" + line))
    #expect(message.hasPrefix("x.yaml:3: 'layers' is "))
  }

  @Test(arguments: [
    "a: [1, 2", "a: 'open", "a: b: c", "\ta: 1", "a: 1\n b: 2\nc", "%YAML 9\n---\na: 1",
    "--- a\n--- b",
    "@", "a: \"\\q\"", "a: \u{7}", "{{{{", "? [a]\n: b", "|", "a: |\n  b\n c",
  ])
  func whatIsNotYAMLIsRefused(_ text: String) throws {
    let message = try #require(refusal(text))
    #expect(message.hasPrefix("x.yaml:"))
    #expect(!message.contains("\n"), "one sentence, on one line")
  }

  @Test func bombsAreRefusedBeforeTheyAreParsed() throws {
    var bomb = "a: &a [x, x, x]\n"
    for level in 1...30 { bomb += "b\(level): &b\(level) [*a, *a]\n" }
    #expect(try #require(refusal(bomb)).hasPrefix("x.yaml:1: anchors, aliases and tags"))
    #expect(try #require(refusal("? *a\n: 1")).hasPrefix("x.yaml:1: anchors"))
    #expect(try #require(refusal("a: !!binary x")).hasPrefix("x.yaml:1: anchors"))
    let deep = String(repeating: "[", count: 900)
    #expect(try #require(refusal("a: " + deep)).contains("nested too deeply"))
    let chain = (0..<400).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    #expect(refusal(chain) != nil)
    let dashes = String(repeating: "- ", count: 490)
    #expect(refusal(dashes) != nil)
    #expect(
      try #require(refusal("a: " + String(repeating: "x", count: 2000))).contains("longer than"))
    let large = String(repeating: "# comment\n", count: 200_000)
    #expect(try #require(refusal(large)).contains("larger than 1 MiB"))
  }

  @Test func binaryFilesAreRefused() throws {
    for bytes in [[0xFF, 0xFE, 0x00], [0x28, 0xB5, 0x2F, 0xFD], [0x61, 0x00, 0x62]] as [[UInt8]] {
      #expect(throws: HardwareError.self) {
        try HardwareFile(data: Data(bytes), path: "x.yaml")
      }
    }
  }

  @Test func filesThatAreNotThere() throws {
    let folder = FileManager.default.temporaryDirectory.path
    let missing = "\(folder)/no-such-hardware.yaml"
    let error = try #require(throws: HardwareError.self) { try HardwareFile(path: missing) }
    #expect(error.description.hasPrefix("\(missing): there is no such file"))
    let directory = try #require(throws: HardwareError.self) { try HardwareFile(path: folder) }
    #expect(directory.description.contains("this is a folder"))
  }

  @Test func everyKeyIsDocumented() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/HardwareFile.md"), encoding: .utf8)
    let layers = HardwarePlatform.allCases.map { $0.model.layerParameters }
    for parameters in [HardwareParameter.ofFile] + layers {
      let table = ([HardwareParameter.markdownHead] + parameters.map(\.markdownRow))
        .joined(separator: "\n")
      #expect(page.contains(table), "docs/HardwareFile.md lacks this table:\n\(table)")
    }
  }
}
