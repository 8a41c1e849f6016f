/// What a platform consists of, put together from the declarations that its code runs on.
public struct PlatformDescription: Hashable, Codable, Sendable {
  /// A kind of layer and the engines that serve it.
  public struct Component: Hashable, Codable, Sendable {
    /// What the layer computes.
    public var kind: HardwareFile.Layer.Kind
    /// One sentence.
    public var summary: String
    /// Its engines and their states, with cycle costs.
    public var engines: [EngineDescription]
    /// The keys of its entry in a hardware file.
    public var parameters: [HardwareParameter]

    /// Creates a description.
    public init(
      kind: HardwareFile.Layer.Kind, summary: String, engines: [EngineDescription],
      parameters: [HardwareParameter]
    ) {
      self.kind = kind
      self.summary = summary
      self.engines = engines
      self.parameters = parameters
    }
  }

  /// A quirk in words.
  public struct Quirk: Hashable, Codable, Sendable {
    /// The name on the command line.
    public var name: String
    /// What the published hardware does.
    public var explanation: String
    /// What the repaired hardware does.
    public var repair: String
    /// The heading of the document that describes it.
    public var section: String

    /// The quirk's row of the table in its platform's document.
    public var markdownRow: String {
      "| `\(name)` | \(explanation) | \(repair) | \(section) |"
    }

    /// The head of the table whose rows are ``markdownRow``.
    public static let markdownHead = """
      | quirk | as published | repaired | section |
      |---|---|---|---|
      """
  }

  /// The platform.
  public var platform: HardwarePlatform
  /// One sentence: what was built.
  public var summary: String
  /// Where it was published: repository, commit, paper.
  public var source: String
  /// The page of the documentation: `docs/hardware/conv-2023.md`.
  public var document: String
  /// How layers hand over to each other, one sentence.
  public var handshake: String
  /// The kinds of layers.
  public var components: [Component]
  /// The quirks.
  public var quirks: [Quirk]
  /// What a replay counts for every layer.
  public var statistics: [ReplayStatistic]
  /// Oddities that change which spikes come out, not when; a replay takes spikes as recorded, so
  /// there is nothing to switch.
  public var valueQuirks: [String]

  /// Creates a description.
  public init<Model: AcceleratorModel>(
    of model: Model.Type, summary: String, source: String, document: String, handshake: String,
    components: [Component], valueQuirks: [String]
  ) {
    platform = Model.platform
    self.summary = summary
    self.source = source
    self.document = document
    self.handshake = handshake
    self.components = components
    quirks = Model.Quirk.allCases.map {
      Quirk(
        name: $0.rawValue, explanation: $0.explanation, repair: $0.repair, section: $0.section)
    }
    statistics = LayerCounters.statistics
    self.valueQuirks = valueQuirks
  }
}
