import Accelerator

/// A line that `lockstep tell` answers: what a point measures, or why there is no answer.
public enum TellAnswer: Hashable, Sendable {
  /// Where a point comes from.
  public enum Source: String, Codable, Sendable {
    /// It was measured for this line.
    case measured
    /// It was in the store.
    case found
    /// The line had it, and it is recorded.
    case recorded
    /// The line had it, and the store has it with another outcome, which is kept.
    case different
  }

  /// A point and its numbers.
  case point(id: JSONValue, SweepPoint, Source)
  /// A line that cannot be answered.
  case error(id: JSONValue, line: Int, message: String)
}

extension TellAnswer: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes the answer as one flat object.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Name.self)
    func name(_ text: String) -> Name { Name(stringValue: text) }
    switch self {
    case .error(let id, let line, let message):
      try fields.encode(id, forKey: name("id"))
      try fields.encode(line, forKey: name("line"))
      try fields.encode(message, forKey: name("error"))
    case .point(let id, let point, let source):
      try fields.encode(id, forKey: name("id"))
      try fields.encode(point.key, forKey: name("key"))
      try fields.encode(point.seed, forKey: name("seed"))
      try fields.encode(source, forKey: name("source"))
      switch point.outcome {
      case .failed(let reason): try fields.encode(reason, forKey: name("failure"))
      case .measured(let measurement):
        for measure in PointMeasure.all {
          try fields.encode(measure.value(measurement), forKey: name(measure.name))
        }
      }
    }
  }
}
