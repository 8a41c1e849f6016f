import Accelerator

/// A point to try: a line of `lockstep ask`, and of what `lockstep tell` reads.
public struct SuggestedPoint: Hashable, Encodable, Sendable {
  /// What comes back with the answer; `ask` numbers the points of the specification from 0.
  public var id: JSONValue
  /// The options that vary, by name.
  public var options: [String: JSONValue]
  /// The seed of weights, sample order and input spikes.
  public var seed: UInt64
  /// The key in the store, if that was asked.
  public var key: String?

  /// A point of a specification.
  ///
  /// - Parameters:
  ///   - id: its number.
  ///   - choices: the options that vary.
  ///   - seed: its seed.
  ///   - key: its key, if it is known.
  public init(id: Int, choices: [SweepSpecification.Option], seed: UInt64, key: String?) {
    self.id = .integer(Int64(id))
    options = Dictionary(
      choices.map { ($0.name, JSONValue(optionText: $0.value)) },
      uniquingKeysWith: { _, last in last })
    self.seed = seed
    self.key = key
  }
}
