import BundledFiles
import CheckedYAML
import Foundation
import Yams

extension SweepSpecification {
  /// The specifications that come with the program.
  public static let presets = ["fig1", "fig2"]

  /// Reads a specification.
  ///
  /// - Parameter word: a file, by its ending `.yaml`, or one of ``presets``.
  /// - Throws: ``ExplorationError`` that names file, line and remedy.
  public init(_ word: String) throws(ExplorationError) {
    guard !word.hasSuffix(".yaml"), !word.hasSuffix(".yml") else {
      try self.init(path: word)
      return
    }
    guard Self.presets.contains(word) else {
      throw ExplorationError(
        message:
          "'\(word.prefix(60))' is no sweep; use \(Self.presets.joined(separator: " or ")), or "
          + "write a specification (docs/Sweeps.md) and give its path, which ends in .yaml")
    }
    guard let folder = BundledFolder.path("Data", of: "Exploration") else {
      throw ExplorationError(
        message: "the sweeps' files are not beside the program; keep the folder "
          + "Lockstep_Exploration.resources beside the executable")
    }
    try self.init(path: "\(folder)/sweeps/\(word).yaml")
  }

  private init(path: String) throws(ExplorationError) {
    do {
      try self.init(YAMLText(path: path, subject: Self.subject))
    } catch {
      throw ExplorationError(error)
    }
    if let file = hardware, !file.hasPrefix("/") {
      // Relative to the file that names it, so that it does not matter where the program is run.
      hardware = ((path as NSString).deletingLastPathComponent as NSString)
        .appendingPathComponent(file)
    }
  }

  private static let subject = YAMLText.Subject(
    noun: "sweep specification", guide: "docs/Sweeps.md",
    whereToFindOne: "the folder sweeps has ready-made ones")

  /// The most points of a sweep; more is a slip.
  private static let mostPoints = 1_000_000

  private init(_ text: YAMLText) throws(YAMLTextError) {
    guard let root = try text.compose() else {
      throw YAMLTextError(
        file: text.path, message: "the file is empty; docs/Sweeps.md shows a complete specification"
      )
    }
    let fields = try YAMLFields(
      root, path: text.path, line: 1, describing: "a sweep specification",
      keys: [
        "name", "preset", "train", "grid", "random", "random-seed", "seeds", "hardware",
        "replay-samples",
      ])
    guard let preset = try fields.text("preset", "digits") else {
      throw fields.missing("preset", "digits")
    }
    self.init(
      name: try fields.text("name", "fig1")
        ?? URL(fileURLWithPath: text.path).deletingPathExtension().lastPathComponent,
      preset: preset, training: try Self.training(fields), grid: try Self.grid(fields),
      random: try Self.draws(fields), seeds: try Self.seeds(fields),
      hardware: try fields.text("hardware", "hardware/digits-demo.yaml"),
      replaySamples: try fields.integer("replay-samples", in: 1...1_000_000) ?? 100)
    let combinations = grid.reduce(1) { product, axis in
      min(product * (axis.steps?.count ?? 1), Self.mostPoints + 1)
    }
    let points = (random?.points ?? combinations) * seeds.count
    guard points <= Self.mostPoints else {
      throw fields.mismatch("grid", "it has more than \(Self.mostPoints) points; leave values out")
    }
    if let random, grid.allSatisfy({ $0.steps != nil }), random.points > combinations {
      throw fields.mismatch(
        "random", "the grid has only \(combinations) points; give fewer, or leave 'random' out")
    }
    if let axis = grid.first(where: { axis in training.contains { $0.name == axis.option } }) {
      throw YAMLTextError(
        file: text.path, line: fields.line(of: "grid"),
        message: "'\(axis.option)' is in 'train' and in 'grid'; it is either fixed or varies")
    }
  }

  private static func training(_ fields: YAMLFields) throws(YAMLTextError) -> [Option] {
    var options: [Option] = []
    for (name, node) in try mapping("train", fields) {
      guard let value = node.text else {
        throw YAMLTextError(
          file: fields.path, line: node.mark?.line ?? fields.line(of: "train"),
          message: "'\(name)' of train must have one value; values that vary belong into 'grid'")
      }
      options.append(Option(name, value))
    }
    return options
  }

  private static func grid(_ fields: YAMLFields) throws(YAMLTextError) -> [Axis] {
    var axes: [Axis] = []
    for (name, node) in try mapping("grid", fields) {
      axes.append(Axis(option: name, values: try values(name, node, fields)))
    }
    guard !axes.isEmpty else { throw fields.missing("grid", "{theta: [1.0, 1.5]}") }
    return axes
  }

  private static func values(
    _ name: String, _ node: Node, _ fields: YAMLFields
  ) throws(YAMLTextError) -> Axis.Values {
    let line = node.mark?.line ?? fields.line(of: "grid")
    if case .mapping = node { return .range(try range(name, node, fields.path, line)) }
    let values = node.sequence.map { $0.compactMap(\.text) } ?? []
    guard !values.isEmpty, values.count == node.sequence?.count, Set(values).count == values.count
    else {
      throw YAMLTextError(
        file: fields.path, line: line,
        message:
          "'\(name)' of grid must be a list of different values, such as '[0.5, 1, 2]', or a "
          + "range, such as '{from: 0.5, to: 32, scale: log}'")
    }
    return .list(values)
  }

  private enum Scale: String, CaseIterable {
    case linear
    case logarithmic = "log"
  }

  private static func range(
    _ name: String, _ node: Node, _ path: String, _ line: Int
  ) throws(YAMLTextError) -> SweepRange {
    let fields = try YAMLFields(
      node, path: path, line: line, describing: "a range", owner: " of '\(name)'",
      keys: ["from", "to", "step", "scale"])
    func number(_ key: String) throws(YAMLTextError) -> Double? {
      try fields.value(key, "give a finite number such as 0.9") { node in
        node.text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
      }
    }
    guard let from = try number("from") else { throw fields.missing("from", "0.25") }
    guard let to = try number("to") else { throw fields.missing("to", "0.95") }
    let scale = try fields.choice("scale", Scale.self) ?? .linear
    let range = SweepRange(
      from: from, to: to, step: try number("step"), isLogarithmic: scale == .logarithmic)
    guard let range else {
      throw YAMLTextError(
        file: path, line: fields.line,
        message:
          "the range of '\(name)' has no values; 'to' must be more than 'from', a 'step' positive "
          + "and at most the whole range, and with 'scale: log' there is no step and all are positive"
      )
    }
    return range
  }

  private static func draws(_ fields: YAMLFields) throws(YAMLTextError) -> Draws? {
    let seed = try fields.integer("random-seed", in: 0...Int.max)
    guard let points = try fields.integer("random", in: 1...mostPoints) else {
      guard seed == nil else { throw fields.missing("random", "40") }
      return nil
    }
    return Draws(points: points, seed: UInt64(seed ?? 1))
  }

  private static func seeds(_ fields: YAMLFields) throws(YAMLTextError) -> [UInt64] {
    guard let node = fields.node("seeds") else { return [1] }
    let seeds = (node.sequence ?? []).compactMap { $0.wholeNumber(in: 0...Int.max) }
    guard !seeds.isEmpty, seeds.count == node.sequence?.count, Set(seeds).count == seeds.count
    else {
      throw fields.mismatch("seeds", "give a list of different whole numbers, such as '[1, 2, 3]'")
    }
    return seeds.map(UInt64.init)
  }

  /// Options that the sweep itself decides.
  private static let ownOptions = ["preset", "seed", "threads", "name"]

  private static func mapping(
    _ key: String, _ fields: YAMLFields
  ) throws(YAMLTextError) -> [(String, Node)] {
    guard let node = fields.node(key) else { return [] }
    guard let mapping = node.mapping else {
      throw fields.mismatch(key, "give options of 'lockstep train' as 'option: value' lines")
    }
    var entries: [(String, Node)] = []
    for (name, value) in mapping {
      let word = name.text ?? ""
      guard !word.isEmpty, word.allSatisfy({ $0.isLowercase || $0 == "-" }), !word.hasPrefix("-")
      else {
        throw YAMLTextError(
          file: fields.path, line: name.mark?.line ?? fields.line(of: key),
          message:
            "'\(word.prefix(40))' is no option of 'lockstep train'; write it without dashes in "
            + "front, such as 'train-samples'")
      }
      guard !ownOptions.contains(word) else {
        throw YAMLTextError(
          file: fields.path, line: name.mark?.line ?? fields.line(of: key),
          message:
            "'\(word)' has no place in '\(key)': preset and seeds are keys of their own, names and "
            + "threads are the sweep's business")
      }
      entries.append((word, value))
    }
    return entries
  }
}
