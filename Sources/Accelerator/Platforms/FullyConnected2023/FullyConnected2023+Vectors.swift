import EventSimulation

extension FullyConnected2023: VectorPlatform {
  static func replay(
    _ vector: VectorCase, order: ((Int) -> [Int])?
  ) throws(VectorProblem) -> [JSONValue] {
    let recorded = try recordedPipeline(vector)
    do {
      let replay = try recorded.replay(order: order)
      return [measured(replay.log, end: replay.end, reason: replay.deadlock)]
    } catch { throw VectorProblem(layer: 0, error.message) }
  }

  static func closedForm(of vector: VectorCase) throws(VectorProblem) -> [JSONValue] {
    let recorded = try recordedPipeline(vector)
    let log = FullyConnected2023ClosedForm.log(of: recorded.geometry, spikes: recorded.spikes)
    return [measured(log.lines, end: log.end, reason: log.deadlock)]
  }

  private static func recordedPipeline(
    _ vector: VectorCase
  ) throws(VectorProblem) -> RecordedPipeline {
    guard vector.layers.count == 1, let layer = vector.layers.first else {
      throw VectorProblem(
        "there are \(vector.layers.count) layers; a vector of platform \(name) has one of kind "
          + "pipeline, which holds all layers of the network")
    }
    do { return try RecordedPipeline(layer) } catch {
      throw VectorProblem(layer: 0, error.message)
    }
  }

  private static func measured(
    _ log: [PipelineReplay.Line], end: Cycle?, reason: String?
  ) -> JSONValue {
    .object([
      "log": .array(
        log.map {
          .array([
            .number($0.cycle), .string(RecordedPipeline.kind(ofBoundary: $0.boundary)),
            .number(UInt64($0.spikes)), .number($0.step),
          ])
        }),
      "end": .optional(end),
      "neverFinishes": .boolean(end == nil),
      "reason": reason.map(JSONValue.string) ?? .null,
    ])
  }
}

/// A recording of platform fc-2023.
struct RecordedPipeline {
  let geometry: PipelineGeometry
  /// Spikes in the order of the log: those that enter each layer, and those that leave the last.
  let spikes: [[UInt32]]

  init(_ layer: VectorCase.Layer) throws(VectorProblem) {
    guard layer.kind == "pipeline" else {
      throw VectorProblem(
        "kind \"\(layer.kind)\" is unknown; platform \(FullyConnected2023.platform.rawValue) has pipeline"
      )
    }
    let parameters = layer.parameters
    let geometry = PipelineGeometry(
      inputs: try parameters.number("inputs"),
      neurons: try Self.list("neurons", of: parameters),
      logicalToHardwareRatios: try Self.list("lhr", of: parameters),
      timeSteps: try parameters.number("timeSteps"))
    do { try geometry.validate() } catch { throw VectorProblem(error.message) }
    self.geometry = geometry
    spikes = try Self.spikes(of: layer.expected, geometry)
  }

  /// What the log calls the spikes that enter a layer; for the layer after the last one, the spikes
  /// that leave the pipeline.
  static func kind(ofBoundary boundary: Int) -> String {
    boundary == 0 ? "in" : "l\(boundary - 1)"
  }

  func replay(order: ((Int) -> [Int])?) throws(VectorProblem) -> PipelineReplay {
    do {
      var recording = try FullyConnected2023Recording(geometry, order: order?(geometry.layers))
      return try recording.replay(spikes: spikes)
    } catch { throw VectorProblem(error.message) }
  }

  private static func list(
    _ name: String, of parameters: VectorParameters
  ) throws(VectorProblem) -> [Int] {
    guard let values = parameters.members[name]?.array?.map(\.integer),
      !values.contains(nil)
    else { throw VectorProblem("\"config\" needs \"\(name)\": a whole number a layer") }
    return values.compactMap(\.self)
  }

  private static func spikes(
    of expected: JSONValue, _ geometry: PipelineGeometry
  ) throws(VectorProblem) -> [[UInt32]] {
    guard let log = expected.object?["log"]?.array else {
      throw VectorProblem(
        "\"expect\" needs \"log\", which holds the spikes: lines of [cycle, kind, spikes, step]")
    }
    var boundaries: [String: Int] = [:]
    for boundary in 0...geometry.layers { boundaries[kind(ofBoundary: boundary)] = boundary }
    var spikes: [[UInt32]] = Array(repeating: [], count: geometry.layers + 1)
    for line in log {
      guard let parts = line.array, parts.count == 4, let name = parts[1].string,
        let count = parts[2].integer
      else { throw VectorProblem("\"log\" holds \(line); it must be [cycle, kind, spikes, step]") }
      guard let boundary = boundaries[name] else {
        throw VectorProblem(
          "\"log\" has the kind \"\(name)\"; with \(geometry.layers) layers there are in and l0 to "
            + "l\(geometry.layers - 1)")
      }
      let largest = geometry.largestFrame(of: boundary)
      guard 0...largest ~= count else {
        throw VectorProblem(
          "\"log\" has \(count) spikes of kind \"\(name)\"; a frame has 0 to \(largest) spikes")
      }
      spikes[boundary].append(UInt32(count))
    }
    return spikes
  }
}
