import Accelerator
import CheckedYAML
import Foundation
import PowerEstimation
import Yams

extension DesignSpace {
  /// Reads a space file.
  ///
  /// - Parameter path: where it is.
  /// - Throws: ``ExplorationError`` that names file, line and remedy.
  public init(path: String) throws(ExplorationError) {
    do {
      try self.init(YAMLText(path: path, subject: Self.subject))
    } catch {
      throw ExplorationError(error)
    }
  }

  /// Reads the content of a space file.
  ///
  /// - Parameters:
  ///   - data: the content.
  ///   - path: how error messages name it.
  /// - Throws: ``ExplorationError`` that names file, line and remedy.
  public init(data: Data, path: String) throws(ExplorationError) {
    do {
      try self.init(YAMLText(path: path, data: data, subject: Self.subject))
    } catch {
      throw ExplorationError(error)
    }
  }

  private static let subject = YAMLText.Subject(
    noun: "design space", guide: "docs/Exploration.md",
    whereToFindOne: "the folder hardware/spaces has ready-made ones")

  private static let keys = [
    "name", "hardware", "device", "clock", "layers", "constraints", "objectives",
  ]

  private init(_ text: YAMLText) throws(YAMLTextError) {
    guard let root = try text.compose() else {
      throw YAMLTextError(
        file: text.path, message: "the file is empty; docs/Exploration.md shows a complete space")
    }
    let fields = try YAMLFields(
      root, path: text.path, line: 1, describing: "a design space",
      example: "hardware: hardware/digits-demo.yaml", keys: Self.keys)
    guard var hardware = try fields.text("hardware", "hardware/digits-demo.yaml") else {
      throw fields.missing("hardware", "hardware/digits-demo.yaml")
    }
    if !hardware.hasPrefix("/") {
      // Relative to the file that names it, so that it does not matter where the program is run.
      let folder = (text.path as NSString).deletingLastPathComponent
      hardware =
        ((folder as NSString).appendingPathComponent(hardware) as NSString)
        .standardizingPath
    }
    let limits = try Self.constraints(fields)
    self.init(
      path: text.path,
      name: try fields.text("name", "my-space")
        ?? URL(fileURLWithPath: text.path).deletingPathExtension().lastPathComponent,
      hardware: hardware, device: try fields.text("device", "XCKU5P"),
      clocks: try Self.clocks(fields), layers: try Self.layers(fields),
      constraints: limits.constraints, fitsDevice: limits.fitsDevice,
      objectives: try Self.objectives(fields))
  }

  private static func clocks(_ fields: YAMLFields) throws(YAMLTextError) -> [Double] {
    try fields.value(
      "clock", "give a frequency from 1 kHz to 10 GHz, or a list: [100 MHz, 150 MHz]"
    ) { node in
      let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
      let clocks = nodes.compactMap { $0.text.flatMap { Quantity.value($0, in: "Hz") } }
      guard !clocks.isEmpty, clocks.count == nodes.count, Set(clocks).count == clocks.count,
        clocks.allSatisfy((1e3...1e10).contains)
      else { return nil }
      return clocks
    } ?? []
  }

  /// The largest choice of a parameter; more is a slip.
  private static let parameterRange = 1...1_048_576

  private static func layers(_ fields: YAMLFields) throws(YAMLTextError) -> [Layer] {
    guard let node = fields.node("layers") else { return [] }
    guard let mapping = node.mapping else {
      throw fields.mismatch("layers", "give 'name of the layer:' lines with parameters below them")
    }
    let known = HardwarePlatform.allCases.flatMap { $0.model.layerParameters }
      .filter(\.isWholeNumber).map(\.key)
    let keys = Set(known).sorted()
    var layers: [Layer] = []
    for (key, value) in mapping {
      let name = key.text ?? ""
      let line = key.mark?.line ?? fields.line(of: "layers")
      let entry = try YAMLFields(
        value, path: fields.path, line: line, describing: "what may change in layer \(name)",
        owner: " of layer \(name)", example: "processing-elements: divisors", keys: keys)
      var layer = Layer(name: name, values: [:], line: line, keyLines: entry.keyLines)
      for key in entry.keyLines.keys.sorted() {
        layer.values[key] = try entry.value(key, ParameterValues.requirement) {
          ParameterValues($0, in: parameterRange)
        }
      }
      layers.append(layer)
    }
    return layers
  }

  private static func constraints(
    _ fields: YAMLFields
  ) throws(YAMLTextError) -> (constraints: [DesignConstraint], fitsDevice: Bool) {
    guard let node = fields.node("constraints") else { return ([], true) }
    let measures =
      DesignMeasure.allCases.map(\.rawValue) + DesignMeasure.inverses.keys.sorted()
    let entry = try YAMLFields(
      node, path: fields.path, line: fields.line(of: "constraints"), describing: "constraints",
      example: "latency: 1 ms", keys: ["fits-device"] + measures)
    var constraints: [DesignConstraint] = []
    for key in measures {
      let limit = try entry.value(key, DesignConstraint.requirement(key)) { node in
        node.text.flatMap { DesignConstraint(key, $0) }
      }
      if let limit { constraints.append(limit) }
    }
    return (constraints, try entry.flag("fits-device") ?? true)
  }

  /// As many objectives as a front is looked at with.
  static let mostObjectives = 3

  private static func objectives(_ fields: YAMLFields) throws(YAMLTextError) -> [DesignMeasure] {
    try fields.value(
      "objectives",
      "give one to \(mostObjectives) different ones of \(DesignMeasure.objectiveWords)"
    ) { node in
      let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
      let words = nodes.compactMap(\.text)
      guard words.count == nodes.count else { return nil }
      return DesignMeasure.objectives(words)
    } ?? [.latency, .tables]
  }
}

extension DesignMeasure {
  /// The words that objectives may be called by.
  public static var objectiveWords: String {
    (allCases.map(\.rawValue) + inverses.keys.sorted()).joined(separator: ", ")
  }

  /// Objectives by their words.
  ///
  /// - Parameter words: one to three, such as `latency` and `lut`.
  /// - Returns: the measures; nil if a word is not known, two mean the same or there are too many.
  public static func objectives(_ words: [String]) -> [DesignMeasure]? {
    let measures = words.compactMap { DesignMeasure(rawValue: $0) ?? inverses[$0] }
    guard (1...DesignSpace.mostObjectives).contains(measures.count),
      measures.count == words.count, Set(measures).count == measures.count
    else { return nil }
    return measures
  }
}

extension DesignConstraint {
  /// What a limit must be, for the end of an error message.
  ///
  /// - Parameter word: the key of the limit.
  /// - Returns: half a sentence.
  public static func requirement(_ word: String) -> String {
    switch word {
    case "latency", "latency-p99": "give the longest time with its unit, such as '1 ms'"
    case "power": "give the most power with its unit, such as '2 W'"
    case "energy": "give the most energy of an image with its unit, such as '500 uJ'"
    case "frame-rate": "give the least images a second, such as 1000"
    case "fps-per-watt": "give the least images a second and watt, such as 2000"
    default: "give the most that may be used, such as 1000"
    }
  }

  /// Reads a limit; nil if one of the two is not understood.
  ///
  /// - Parameters:
  ///   - word: what is limited, as `latency` or `frame-rate`.
  ///   - text: the limit, with its unit if it has one.
  public init?(_ word: String, _ text: String) {
    if let measure = DesignMeasure.inverses[word] {
      guard let least = Double(text), least > 0, least.isFinite else { return nil }
      self.init(measure, atMost: 1 / least, origin: word)
      return
    }
    guard let measure = DesignMeasure(rawValue: word) else { return nil }
    let value = measure.unit.isEmpty ? Double(text) : Quantity.value(text, in: measure.unit)
    guard let value, value.isFinite, value > 0 || measure == .lostFrames && value == 0 else {
      return nil
    }
    self.init(measure, atMost: value, origin: word)
  }
}
