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
    "name", "hardware", "quirks", "traces", "device", "clock", "layers", "constraints",
    "objectives",
  ]

  private init(_ text: YAMLText) throws(YAMLTextError) {
    guard let root = try text.compose() else {
      throw YAMLTextError(
        file: text.path, message: "the file is empty; docs/Exploration.md shows a complete space")
    }
    let fields = try YAMLFields(
      root, path: text.path, line: 1, describing: "a design space",
      example: "hardware: hardware/digits-demo.yaml", keys: Self.keys)
    let hardware = try Self.paths("hardware", fields, like: "hardware/digits-demo.yaml")
    guard !hardware.isEmpty else {
      throw fields.missing("hardware", "hardware/digits-demo.yaml")
    }
    let limits = try Self.constraints(fields)
    self.init(
      path: text.path,
      name: try fields.text("name", "my-space")
        ?? URL(fileURLWithPath: text.path).deletingPathExtension().lastPathComponent,
      hardware: hardware, quirks: try Self.quirks(fields),
      traces: try Self.paths("traces", fields, like: "output/digits-test.spikes"),
      device: try fields.text("device", "XCKU5P"),
      clocks: try Self.clocks(fields), layers: try Self.layers(fields),
      constraints: limits.constraints, fitsDevice: limits.fitsDevice,
      objectives: try Self.objectives(fields))
  }

  /// A path or a list of paths.
  private static func paths(
    _ key: String, _ fields: YAMLFields, like example: String
  ) throws(YAMLTextError) -> [String] {
    let folder = (fields.path as NSString).deletingLastPathComponent
    return try fields.value(
      key, "give a path such as \(example), or a list of different ones"
    ) { node in
      let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
      let paths = nodes.compactMap(\.text).filter { !$0.isEmpty }
      guard !paths.isEmpty, paths.count == nodes.count, Set(paths).count == paths.count
      else { return nil }
      return paths.map { path in
        // Relative to the file that names it, so that it does not matter where the program is run.
        path.hasPrefix("/")
          ? path
          : ((folder as NSString).appendingPathComponent(path) as NSString).standardizingPath
      }
    } ?? []
  }

  private static func quirks(_ fields: YAMLFields) throws(YAMLTextError) -> [[String]] {
    try fields.value(
      "quirks",
      "give published, repaired, or a list of choices, each a word or a list of words: "
        + "[published, repaired, [published, -early-done]]"
    ) { node in
      let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
      let choices = nodes.map { node -> [String] in
        if case .sequence(let words) = node {
          return words.compactMap(\.text).count == words.count ? words.compactMap(\.text) : []
        }
        return node.text.map { [$0] } ?? []
      }
      guard !choices.isEmpty, !choices.contains([]), Set(choices).count == choices.count
      else { return nil }
      return choices
    } ?? []
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
    let numbers = Set(known.filter(\.isWholeNumber).map(\.key))
    let choices = Set(known.filter(\.isOption).map(\.key))
    var layers: [Layer] = []
    for (key, value) in mapping {
      let name = key.text ?? ""
      let line = key.mark?.line ?? fields.line(of: "layers")
      let entry = try YAMLFields(
        value, path: fields.path, line: line, describing: "what may change in layer \(name)",
        owner: " of layer \(name)", example: "processing-elements: divisors",
        keys: numbers.union(choices).sorted())
      var layer = Layer(
        name: name, values: [:], words: [:], line: line, keyLines: entry.keyLines)
      for key in entry.keyLines.keys.sorted() where choices.contains(key) {
        layer.words[key] = try entry.value(
          key, "give one of its words, or a list of different ones"
        ) { node in
          let nodes: [Node] = if case .sequence(let list) = node { Array(list) } else { [node] }
          let words = nodes.compactMap(\.text)
          guard !words.isEmpty, words.count == nodes.count, Set(words).count == words.count
          else { return nil }
          return words
        }
      }
      for key in entry.keyLines.keys.sorted() where numbers.contains(key) {
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
    let measures = DesignMeasure.words
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
    words.joined(separator: ", ")
  }

  /// Objectives by their words.
  ///
  /// - Parameter words: one to three, such as `latency` and `lut`.
  /// - Returns: the measures; nil if a word is not known, two mean the same or there are too many.
  public static func objectives(_ words: [String]) -> [DesignMeasure]? {
    let measures = words.compactMap(DesignMeasure.init(word:))
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
    case "accuracy": "give the least part of the samples that must be right, such as 0.95 or '95 %'"
    case "area", "error-rate": "give the largest part, such as 0.8 or '80 %'"
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
    if let measure = DesignMeasure.complements[word] {
      guard let least = Self.share(text) else { return nil }
      self.init(measure, atMost: 1 - least, origin: word)
      return
    }
    guard let measure = DesignMeasure(rawValue: word) else { return nil }
    let value =
      measure.isShare
      ? Self.share(text)
      : measure.unit.isEmpty ? Double(text) : Quantity.value(text, in: measure.unit)
    let mayBeNothing = measure == .lostFrames || measure == .errorRate
    guard let value, value.isFinite, value > 0 || mayBeNothing && value == 0 else { return nil }
    self.init(measure, atMost: value, origin: word)
  }

  /// `0.95` or `95 %`.
  private static func share(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    let number = isPercent ? String(text.dropLast()).trimmingCharacters(in: .whitespaces) : text
    guard let value = Double(number), value.isFinite else { return nil }
    let share = isPercent ? value / 100 : value
    return (0...1).contains(share) ? share : nil
  }
}
