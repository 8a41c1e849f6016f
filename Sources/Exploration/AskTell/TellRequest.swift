import Accelerator
import Foundation

/// What a line says that is read by `lockstep tell`.
public enum TellRequest: Hashable, Sendable {
  /// Measure this point, or find it in the store.
  case measure(id: JSONValue, SweepSpecification.Configuration)
  /// Record this point, which was measured elsewhere.
  case record(id: JSONValue, SweepPoint)

  /// A line that is not understood.
  public struct Failure: Error, Hashable, Sendable {
    /// The line's id, if it has one.
    public var id: JSONValue
    /// What is wrong, and what to do.
    public var message: String
  }

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - sweep: the specification whose options it chooses.
  /// - Throws: ``Failure`` that says what is wrong with it.
  public init(_ line: String, for sweep: SweepSpecification) throws(Failure) {
    let data = Data(line.utf8)
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: data),
      case .object(let members) = value
    else {
      throw Failure(
        id: .null,
        message: "this is no line of JSON; write one object a line, such as "
          + Self.example(sweep))
    }
    let id = members["id"] ?? .null
    do throws(ExplorationError) {
      if members["format"] != nil || members["measurement"] != nil {
        self = .record(id: id, try SweepPoint(line: data))
      } else {
        self = .measure(id: id, try Self.configuration(members, sweep))
      }
    } catch {
      throw Failure(id: id, message: error.message)
    }
  }

  private static func configuration(
    _ members: [String: JSONValue], _ sweep: SweepSpecification
  ) throws(ExplorationError) -> SweepSpecification.Configuration {
    let known = ["id", "options", "seed", "key"]
    if let stray = members.keys.sorted().first(where: { !known.contains($0) }) {
      throw ExplorationError(
        message: "'\(stray.prefix(40))' has no meaning here; write 'id', 'options' and 'seed'")
    }
    guard case .object(let options)? = members["options"] else {
      throw ExplorationError(
        message: "'options' is missing, or no object; write a line such as \(example(sweep))")
    }
    var seed = sweep.seeds.first ?? 1
    if let given = members["seed"] {
      guard case .integer(let number) = given, number >= 0 else {
        throw ExplorationError(
          message: "'seed' is no whole number from 0; write one, or leave it out")
      }
      seed = UInt64(number)
    }
    return .init(fixed: sweep.training, choices: try sweep.choices(options), seed: seed)
  }

  private static func example(_ sweep: SweepSpecification) -> String {
    let point = SuggestedPoint(
      id: 7, choices: sweep.firstConfiguration.choices,
      seed: sweep.seeds.first ?? 1, key: nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(point)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension SweepSpecification {
  /// The options of a point that somebody else has chosen, in the order of the axes.
  fileprivate func choices(
    _ options: [String: JSONValue]
  ) throws(ExplorationError) -> [Option] {
    let names = grid.map(\.option)
    if let stray = options.keys.sorted().first(where: { !names.contains($0) }) {
      throw ExplorationError(
        message: "'\(stray.prefix(40))' is no axis of \(name); its axes are "
          + "\(names.joined(separator: ", "))")
    }
    var choices: [Option] = []
    for axis in grid {
      guard let value = options[axis.option]?.optionText else {
        throw ExplorationError(
          message: "'\(axis.option)' is missing in 'options', or no number, text or truth value")
      }
      choices.append(Option(axis.option, try axis.checked(value)))
    }
    return choices
  }
}

extension SweepSpecification.Axis {
  /// The value as the specification writes it.
  fileprivate func checked(_ text: String) throws(ExplorationError) -> String {
    switch values {
    case .list(let values):
      // 1 and 1.0 are the same choice.
      if let value = values.first(where: { value in
        value == text || (Double(value).map { $0 == Double(text) } ?? false)
      }) {
        return value
      }
      throw ExplorationError(
        message: "'\(option)' is '\(text.prefix(40))', which is not among its values "
          + values.joined(separator: ", "))
    case .range(let range):
      guard let number = Double(text), (range.from...range.to).contains(number) else {
        throw ExplorationError(
          message: "'\(option)' is '\(text.prefix(40))'; it must be a number from \(range.from) to "
            + "\(range.to)")
      }
      return text
    }
  }
}
