import Exploration
import Foundation

extension ExplorationReport {
  /// The value of a measure, in its unit; nil if it is not known.
  func value(_ measure: DesignMeasure, of design: Design) -> Double? {
    switch measure {
    case .latency: design.latencySeconds
    case .latencyP99: design.latencyP99Seconds
    case .energy: design.energy
    case .power: design.power
    case .tables: design.tables
    case .flipFlops: design.flipFlops
    case .blockRAMs: design.blockRAMs
    case .ultraRAMs: design.ultraRAMs
    case .multipliers: design.multipliers
    case .area: design.area
    case .lostFrames: design.lostFrames.map(Double.init)
    case .errorRate: variants[design.variant].accuracy.map { 1 - $0 }
    }
  }

  /// `conv1 16, conv2 8, fc1 64/128`: the values of all layers.
  func allocation(of design: Design) -> String {
    zip(variants[design.variant].layers, design.layers).map {
      "\($1.name) \(Self.cell($1, $0.parameters))"
    }.joined(separator: ", ")
  }

  /// What the variants are called: the words in which they differ.
  var variantNames: [String] {
    func varies(_ word: (Variant) -> String) -> Bool { Set(variants.map(word)).count > 1 }
    func name(_ path: String) -> String {
      URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }
    let quirks = { (variant: Variant) in
      variant.quirks.isEmpty ? "no quirks" : variant.quirks.joined(separator: " ")
    }
    return variants.map { variant in
      var words: [String] = []
      if varies(\.hardware) { words.append(name(variant.hardware)) }
      if varies(quirks) { words.append(quirks(variant)) }
      if varies(\.trace) { words.append(name(variant.trace)) }
      return words.isEmpty ? name(variant.hardware) : words.joined(separator: ", ")
    }
  }

  /// The axes of measures over some designs; of those that are known for all of them.
  func axes(_ measures: [DesignMeasure], over designs: [Design]) -> [DesignMeasure: QuantityAxis] {
    var axes: [DesignMeasure: QuantityAxis] = [:]
    for measure in measures where axes[measure] == nil {
      let values = designs.compactMap { value(measure, of: $0) }
      guard values.count == designs.count else { continue }
      axes[measure] = QuantityAxis(
        measure.field, measure.label, unit: measure.unit, isShare: measure.isShare, values: values)
    }
    return axes
  }

  /// The design of the front that is nearest to the best of everything: each objective from 0 at its
  /// best to 1 at its worst, on the scale on which charts draw it.
  ///
  /// Its position in the front; nil if there are not two objectives and three designs, or if the nearest one
  /// is the best by an objective.
  var knee: Int? {
    guard objectives.count > 1, front.count > 2 else { return nil }
    let axes = axes(objectives, over: front)
    guard axes.count == objectives.count else { return nil }
    let places = front.map { design in
      objectives.map { axes[$0]?.position(value($0, of: design) ?? 0) ?? 0 }
    }
    func distance(_ place: [Double]) -> Double { place.reduce(0) { $0 + $1 * $1 } }
    guard let nearest = places.indices.min(by: { distance(places[$0]) < distance(places[$1]) }),
      !places[nearest].contains(0)
    else { return nil }
    return nearest
  }

  /// The first design of the front that is the best by a measure.
  func best(by measure: DesignMeasure) -> Int? {
    front.indices.min {
      (value(measure, of: front[$0]) ?? .infinity) < (value(measure, of: front[$1]) ?? .infinity)
    }
  }
}

extension DesignMeasure {
  /// The key of charts' rows.
  var field: String { rawValue.replacing("-", with: "") }
}
