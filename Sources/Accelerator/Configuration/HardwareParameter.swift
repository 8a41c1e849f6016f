/// One key of a hardware file: its name, type, range, default and meaning, declared once.
///
/// The parser, its error messages and the table in `docs/HardwareFile.md` all come from these
/// declarations; see ``ofFile`` and ``ofLayer``.
public struct HardwareParameter: Hashable, Codable, Sendable {
  /// What may stand behind a key.
  public enum ValueType: Hashable, Codable, Sendable {
    /// Free text.
    case text
    /// One of a few words.
    case choice([String])
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A word, or a list of words.
    case words
    /// A frequency with its unit, in hertz.
    case frequency(ClosedRange<Double>)
    /// A list of mappings, one a layer.
    case layers
  }

  /// The key as it stands in the file: `processing-elements`.
  public let key: String
  /// What may stand behind it.
  public let type: ValueType
  /// Whether the file must have it.
  public let isRequired: Bool
  /// What holds where the key is absent, in words.
  public let defaultText: String
  /// The unit of the value, empty if it has none.
  public let unit: String
  /// A value as it could stand in a file.
  public let example: String
  /// What the value means, one sentence.
  public let help: String
  /// The kinds of layers whose entries can have the key.
  public private(set) var kinds = HardwareFile.Layer.Kind.allCases

  /// A whole number that holds where the key is absent, if it does not depend on the network.
  public let defaultNumber: Int?
  /// How the value grows by the least that can matter, if more of it is faster.
  public let relaxation: RelaxationStep?

  init(
    _ key: String, _ type: ValueType, required: Bool = false, default defaultText: String = "",
    defaultNumber: Int? = nil, unit: String = "", example: String,
    relaxation: RelaxationStep? = nil, help: String
  ) {
    self.key = key
    self.type = type
    self.isRequired = required
    self.defaultText = defaultText
    self.unit = unit
    self.example = example
    self.defaultNumber = defaultNumber
    self.relaxation = relaxation
    self.help = help
  }
}

// MARK: - The declarations

extension HardwareParameter {
  /// The keys at the top of a hardware file.
  public static let ofFile: [HardwareParameter] = [
    .name, .platform, .clock, .device, .source, .quirks, .spikeBuffers, .layers,
  ]

  /// Whether the value is a whole number.
  package var isWholeNumber: Bool {
    if case .integer = type { true } else { false }
  }

  /// Whether the value is one of a few words.
  var isChoice: Bool { !choiceWords.isEmpty }

  /// Whether the value is one of a few words that change how a layer is built.
  package var isOption: Bool { isChoice && key != Self.kind.key && key != Self.platform.key }

  /// The words to choose from; empty for other values.
  package var choiceWords: [String] {
    if case .choice(let words) = type { words } else { [] }
  }

  /// The keys of one entry under `layers`, for platforms with address lists.
  public static let ofLayer: [HardwareParameter] =
    [.layerName, .kind, .processingElements, .encoderWidth, .listCapacity, .layerClock, .source]
    + ofConvolution

  static let name = HardwareParameter(
    "name", .text, default: "the file's name", example: "svhn-date24",
    help: "What reports call this accelerator.")

  static let platform = HardwareParameter(
    "platform", .choice(HardwarePlatform.allCases.map(\.rawValue)), required: true,
    example: HardwarePlatform.conv2023.rawValue,
    help: "The generation of the published hardware whose cycle behaviour is simulated.")

  static let clock = HardwareParameter(
    "clock", .frequency(1e3...1e10), required: true, unit: "Hz, kHz, MHz or GHz",
    example: "100 MHz",
    help: "The frequency of the clock of all layers that state none of their own.")

  static let layerClock = HardwareParameter(
    "clock", .frequency(1e3...1e10), default: "that of the file",
    unit: "Hz, kHz, MHz or GHz", example: "200 MHz",
    help: """
      The frequency of the layer's own clock; a hand-over between two clocks takes two cycles of the \
      receiving one more.
      """)

  static let spikeBuffers = HardwareParameter(
    "spike-buffers", .integer(1...1024), default: "1, as published", defaultNumber: 1,
    unit: "RAMs", example: "2",
    help: """
      Spike RAMs between each two layers. With one, a layer cannot begin the next sample before the \
      layer behind it has read this one; with two (ping-pong) it can. Matters to `--stream` only.
      """)

  static let device = HardwareParameter(
    "device", .text, default: "not stated", example: "XCKU5P",
    help: "The FPGA that estimates of resources and power are for; it does not change any cycle.")

  static let source = HardwareParameter(
    "source", .text, default: "not stated", example: "SNN-DSE, commit 161404c",
    help: "Where the numbers come from.")

  static let quirks = HardwareParameter(
    "quirks", .words, default: "`published`", example: "[published, -early-done]",
    help: """
      Which oddities of the published hardware are present: `published` (all of them), `repaired` \
      (none), or a list of names; `lockstep platforms` lists them.
      """)

  static let layers = HardwareParameter(
    "layers", .layers, required: true, example: "[...]",
    help: "One entry a layer of the network, from its input to its output.")

  static let layerName = HardwareParameter(
    "name", .text, default: "the layer's name in the trace", example: "conv1",
    help: "What messages about this file call the layer.")

  static let kind = kind(of: [.convolution, .fullyConnected])

  static let kindWithDense = kind(of: [.convolution, .fullyConnected, .dense])

  private static func kind(of kinds: [HardwareFile.Layer.Kind]) -> HardwareParameter {
    HardwareParameter(
      "kind", .choice(kinds.map(\.rawValue)), required: true,
      example: HardwareFile.Layer.Kind.convolution.rawValue,
      help: "What the layer's hardware computes; must agree with the network.")
  }

  package static let processingElements = HardwareParameter(
    "processing-elements", .integer(1...65_536), required: true, unit: "PEs", example: "32",
    relaxation: .fewerPasses,
    help: """
      Processing elements that work in lock-step, one output channel or neuron each. In a \
      convolution they must divide the output channels; in a fully connected layer of conv-2023 as \
      published they must not exceed the neurons.
      """)

  static let encoderWidth = HardwareParameter(
    "encoder-width", .integer(1...65_536),
    default: "convolution: a quarter of the input's pixels, rounded down; fully connected: 150",
    unit: "bits", example: "150", relaxation: .double,
    help: "Bits of a spike frame that the priority encoder looks at in one chunk.")

  static let listCapacity = HardwareParameter(
    "list-capacity", .integer(1...LayerGeometry.largestParameter),
    default: """
      convolution: half of the input's pixels, rounded down; fully connected: a quarter of the \
      inputs, rounded down
      """,
    unit: "spikes", example: "512",
    help: "Entries of the list that holds the addresses of a frame's spikes.")
}

extension HardwareParameter {
  static let encoderWidthOf2024 = HardwareParameter(
    "encoder-width", .integer(1...65_536),
    default: "convolution: a quarter of the input's pixels, rounded down; fully connected: 200",
    unit: "bits", example: "200", relaxation: .double,
    help: "Bits of a spike frame that the priority encoder looks at in one chunk.")

  static let listCapacityOf2024 = HardwareParameter(
    "list-capacity", .integer(1...LayerGeometry.largestParameter),
    default: "half of the input's pixels, rounded down",
    unit: "spikes", example: "512",
    help: """
      Entries of the list that holds the addresses of a frame's spikes; the list of a fully \
      connected layer holds all inputs.
      """)

  /// The same key, for some kinds of layers only.
  func only(for kinds: [HardwareFile.Layer.Kind]) -> HardwareParameter {
    var parameter = self
    parameter.kinds = kinds
    return parameter
  }
}

extension [HardwareParameter] {
  /// Those that an entry of one kind can have.
  package func of(_ kind: HardwareFile.Layer.Kind) -> [HardwareParameter] {
    filter { $0.kinds.contains(kind) }
  }
}

// MARK: - In words

extension HardwareParameter {
  /// What a value must be, for the end of an error message.
  var requirement: String {
    switch type {
    case .text: "it must be text, such as \(example)"
    case .choice(let words) where words.count == 1: "the only choice is \(words[0])"
    case .choice(let words): "it must be one of \(words.joined(separator: ", "))"
    case .integer(let range):
      "it must be a whole number from \(range.lowerBound) to \(range.upperBound), such as \(example)"
    case .words: "it must be a word or a list of words, such as \(example)"
    case .frequency:
      "it must be a number and its unit (\(unit)) from 1 kHz to 10 GHz, such as \(example)"
    case .layers: "it must be a list with one entry a layer, each beginning with '- '"
    }
  }

  /// What may stand behind the key, in a few words.
  public var valuesText: String {
    switch type {
    case .text: "text"
    case .choice(let words): words.joined(separator: " or ")
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .words: "a word or a list of words"
    case .frequency: "1 kHz to 10 GHz"
    case .layers: "a list"
    }
  }

  /// The unit behind the values, where they do not name it themselves.
  public var unitText: String {
    if case .frequency = type { return "" }
    return unit.isEmpty ? "" : " " + unit
  }

  /// The key's row of the table in the documentation.
  public var markdownRow: String {
    var values = valuesText
    if case .choice(let words) = type {
      values = words.map { "`\($0)`" }.joined(separator: " or ")
    }
    let absent = isRequired ? "required" : defaultText
    let names = kinds.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    let restriction = kinds == HardwareFile.Layer.Kind.allCases ? "" : " Only with kind \(names)."
    return "| `\(key)` | \(values) | \(unit) | \(absent) | \(help)\(restriction) |"
  }

  /// The head of the table whose rows are ``markdownRow``.
  public static let markdownHead = """
    | key | values | unit | if absent | meaning |
    |---|---|---|---|---|
    """
}
