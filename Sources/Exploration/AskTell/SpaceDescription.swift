import Accelerator

/// What an optimiser may choose and what it gets back: the answer of `lockstep ask --space`.
public struct SpaceDescription: Hashable, Encodable, Sendable {
  /// An option to choose.
  public struct Axis: Hashable, Encodable, Sendable {
    /// The option's name.
    public var name: String
    /// `real`, `integer` or `choice`.
    public var type: String
    /// The smallest value of a number.
    public var from: Double?
    /// The largest value of a number.
    public var to: Double?
    /// The distance of values, if they have one.
    public var step: Double?
    /// Whether the logarithm of a number should vary evenly.
    public var log: Bool?
    /// The values of a choice.
    public var values: [JSONValue]?
  }

  /// A number that comes back.
  public struct Measure: Hashable, Encodable, Sendable {
    /// The field's name.
    public var name: String
    /// Its unit; `1` for parts of one.
    public var unit: String
    /// Which way is better.
    public var better: PointMeasure.Direction
  }

  /// The version of this format.
  public var schemaVersion = 1
  /// The sweep's name.
  public var sweep: String
  /// What is chosen.
  public var axes: [Axis]
  /// The seeds of the specification; any other may be given.
  public var seeds: [UInt64]
  /// What comes back.
  public var measures: [Measure]

  /// Describes a specification.
  public init(_ sweep: SweepSpecification) {
    self.sweep = sweep.name
    axes = sweep.grid.map(Axis.init)
    seeds = sweep.seeds
    measures = PointMeasure.all.map { Measure(name: $0.name, unit: $0.unit, better: $0.better) }
  }
}

extension SpaceDescription.Axis {
  fileprivate init(_ axis: SweepSpecification.Axis) {
    name = axis.option
    switch axis.values {
    case .list(let values):
      type = "choice"
      self.values = values.map { JSONValue(optionText: $0) }
    case .range(let range):
      let isWhole =
        range.step != nil && [range.from, range.step ?? 0].allSatisfy { $0 == $0.rounded() }
      type = isWhole ? "integer" : "real"
      from = range.from
      to = range.to
      step = range.step
      log = range.isLogarithmic
    }
  }
}

extension JSONValue {
  /// The value of an option: a number or a truth value if the text is one.
  init(optionText text: String) {
    if let flag = ["true": true, "false": false][text] {
      self = .boolean(flag)
    } else if let number = Int64(text) {
      self = .integer(number)
    } else if let number = Double(text), number.isFinite {
      self = .real(number)
    } else {
      self = .string(text)
    }
  }

  /// The value as an option's text; nil if options cannot have it.
  var optionText: String? {
    switch self {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .real(let value) where value.isFinite: "\(value)"
    case .string(let value): value
    default: nil
    }
  }
}
