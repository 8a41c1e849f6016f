import Foundation

/// One recording of a piece of hardware: its configuration, what it read, what it did when.
///
/// The format is documented in docs/VectorFormat.md. This is what all platforms share; each reads its
/// own configurations.
public struct VectorCase: Sendable {
  /// One layer of the recorded hardware.
  struct Layer: Sendable {
    /// Its kind: `conv`, `fc`.
    let kind: String
    /// Its parameters.
    let parameters: VectorParameters
    /// Spikes of every frame in the order of reading, nested as the platform has it; nil if the
    /// vector has none.
    let counts: JSONValue?
    /// Everything that was measured.
    let expected: JSONValue

    init(_ value: JSONValue) throws(VectorProblem) {
      guard let members = value.object, let kind = members["kind"]?.string,
        let parameters = members["config"]?.object
      else { throw VectorProblem("needs \"kind\", \"config\", \"counts\" and \"expect\"") }
      guard let expected = members["expect"], expected.object != nil else {
        throw VectorProblem("\"expect\" must be an object of measured numbers")
      }
      self.kind = kind
      self.parameters = VectorParameters(members: parameters)
      counts = members["counts"]
      self.expected = expected
    }

    /// The counts without their nesting.
    ///
    /// - Parameter largest: the most spikes that a frame can have.
    /// - Returns: spikes of every frame in the order of reading.
    /// - Throws: ``VectorProblem`` if there are none, or one is negative or too large.
    func flatCounts(atMost largest: Int) throws(VectorProblem) -> [UInt32] {
      guard let counts = counts?.flattenedIntegers else {
        throw VectorProblem("\"counts\" must be (nested) lists of whole numbers")
      }
      if let wrong = counts.first(where: { !(0...largest ~= $0) }) {
        throw VectorProblem("\"counts\" holds \(wrong), but a frame has 0 to \(largest) spikes")
      }
      return counts.map(UInt32.init)
    }
  }

  /// The case's name.
  public let identifier: String
  /// The platform that was recorded.
  public let platform: String
  /// How the recorded hardware was started.
  let start: VectorParameters
  /// The layers, from the input to the output.
  let layers: [Layer]

  /// Reads a case from a line of JSON.
  ///
  /// - Parameters:
  ///   - line: the text.
  ///   - number: its number in the file, from 1.
  ///   - file: the file's name, for errors.
  /// - Throws: ``VectorError`` that names what is missing or wrong.
  public init(line: Data, number: Int, file: String) throws(VectorError) {
    func failure(_ message: String) -> VectorError {
      VectorError(file: file, line: number, message: message)
    }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: line),
      let members = value.object
    else {
      throw failure("this is not a JSON object; each line holds one case (docs/VectorFormat.md)")
    }
    guard let identifier = members["id"]?.string else {
      throw failure("the case has no \"id\"; add a string that names it")
    }
    self.identifier = identifier
    guard let platform = members["platform"]?.string else {
      throw failure("case \(identifier) has no \"platform\"; add one, for example \"conv-2023\"")
    }
    guard VectorPlatforms.named(platform) != nil else {
      throw failure(
        "case \(identifier) is for platform \"\(platform)\"; this version knows "
          + VectorPlatforms.names)
    }
    self.platform = platform
    start = VectorParameters(members: members["start"]?.object ?? [:])
    guard let list = members["layers"]?.array, 1...Self.largestLayerCount ~= list.count else {
      throw failure(
        "case \(identifier) needs \"layers\": 1 to \(Self.largestLayerCount) of them")
    }
    var layers: [Layer] = []
    for (index, layer) in list.enumerated() {
      do { layers.append(try Layer(layer)) } catch {
        throw failure("layer \(index) of case \(identifier): \(error.message)")
      }
    }
    self.layers = layers
  }

  /// Far more than any published design has.
  static let largestLayerCount = LockStepDesign.largestLayerCount
}

/// Named numbers and words of a vector, and errors that say which is missing.
struct VectorParameters: Sendable {
  let members: [String: JSONValue]

  /// A whole number that must be there.
  func number(_ name: String) throws(VectorProblem) -> Int {
    guard let value = members[name]?.integer else {
      throw VectorProblem("\"config\" needs a whole number \"\(name)\"")
    }
    return value
  }

  /// The pixels of a square frame of which the width is given.
  func squareFrame(_ name: String) throws(VectorProblem) -> Int {
    let width = try number(name)
    let (pixels, overflow) = width.multipliedReportingOverflow(by: width)
    guard !overflow, width > 0 else {
      throw VectorProblem("\"\(name)\" is \(width); it must be a sensible frame width")
    }
    return pixels
  }

  /// Cycles that must be there, ascending.
  func cycles(_ name: String) throws(VectorProblem) -> [UInt64] {
    guard let values = members[name]?.flattenedIntegers, !values.isEmpty,
      values.allSatisfy({ 0...Self.largestCycle ~= $0 }),
      zip(values, values.dropFirst()).allSatisfy(<)
    else {
      throw VectorProblem(
        "\"start\" must be {\"\(name)\": [cycles]}, ascending, each from 0 to "
          + "\(Self.largestCycle)")
    }
    return values.map(UInt64.init)
  }

  /// Far beyond any recording, and small enough that no sum of cycles overflows.
  static let largestCycle = 1 << 40
}
