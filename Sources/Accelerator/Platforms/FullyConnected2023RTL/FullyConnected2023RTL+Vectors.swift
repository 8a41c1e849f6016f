import EventSimulation

extension FullyConnected2023RTL: VectorPlatform {
  static func replay(
    _ vector: VectorCase, order: ((Int) -> [Int])?
  ) throws(VectorProblem) -> [JSONValue] {
    let (recorded, gap) = try recordedSpikeTrains(vector)
    do {
      return [
        try FullyConnected2023RTLRecording(replaying: recorded, gap: gap, order: order)
          .result
      ]
    } catch { throw VectorProblem(layer: 0, error.message) }
  }

  static func closedForm(of vector: VectorCase) throws(VectorProblem) -> [JSONValue] {
    let (recorded, gap) = try recordedSpikeTrains(vector)
    let model = FullyConnected2023RTL(
      recorded.geometry, timeSteps: recorded.counts.count, gap: gap)
    let history = FullyConnected2023RTLClosedForm.history(of: model, counts: recorded.counts)
    return [history.measured(of: recorded.geometry)]
  }

  private static func recordedSpikeTrains(
    _ vector: VectorCase
  ) throws(VectorProblem) -> (RecordedSpikeTrains, gap: Int) {
    guard vector.layers.count == 1, let layer = vector.layers.first else {
      throw VectorProblem(
        "there are \(vector.layers.count) layers; a vector of platform \(name) has one")
    }
    guard let gap = vector.start.members["gap"]?.integer,
      0...VectorParameters.largestCycle ~= gap
    else {
      throw VectorProblem(
        "\"start\" must be {\"gap\": cycles}, from 0 to \(VectorParameters.largestCycle)")
    }
    do { return (try RecordedSpikeTrains(layer), gap) } catch {
      throw VectorProblem(layer: 0, error.message)
    }
  }
}

/// A recording of platform fc-2023-rtl.
struct RecordedSpikeTrains {
  let geometry: SpikeTrainGeometry
  /// Spikes of each train.
  let counts: [UInt32]

  init(_ layer: VectorCase.Layer) throws(VectorProblem) {
    guard layer.kind == "fc" else {
      throw VectorProblem(
        "kind \"\(layer.kind)\" is unknown; platform \(FullyConnected2023RTL.platform.rawValue) has fc"
      )
    }
    let parameters = layer.parameters
    geometry = SpikeTrainGeometry(
      inputs: try parameters.number("inputs"), neurons: try parameters.number("neurons"),
      processingElements: try parameters.number("processingElements"),
      listCapacity: try parameters.number("listCapacity"),
      accumulateLatency: try parameters.number("accumulateLatency"))
    do { try geometry.validate() } catch { throw VectorProblem(error.message) }
    counts = try layer.flatCounts(atMost: geometry.inputs)
    let trains = try parameters.number("trains")
    guard trains == counts.count else {
      throw VectorProblem("\"trains\" is \(trains), but \"counts\" holds \(counts.count) of them")
    }
  }
}
