import EventSimulation

extension Hybrid2024: VectorPlatform {
  static func replay(
    _ vector: VectorCase, order: ((Int) -> [Int])?
  ) throws(VectorProblem) -> [JSONValue] {
    let starts = try startCycles(vector.start)
    let layers = try recordedLayers(vector)
    let window = try recordedWindow(vector.layers, layers)
    return Hybrid2024Recording(replaying: layers, starts: starts, window: window, order: order)
      .layers
  }

  static func recordedLayers(
    _ vector: VectorCase
  ) throws(VectorProblem) -> [Hybrid2024RecordedLayer] {
    var layers: [Hybrid2024RecordedLayer] = []
    for (index, layer) in vector.layers.enumerated() {
      do { layers.append(try Hybrid2024RecordedLayer(layer)) } catch {
        throw VectorProblem(layer: index, error.message)
      }
      guard index > 0 else { continue }
      do { try layers[index].layer.checkOrder(after: layers[index - 1].layer) } catch {
        throw VectorProblem(layer: index, error.message)
      }
    }
    return layers
  }

  /// The fourth number of a stored row is the spike that was stored: data, which the counts of a
  /// vector do not determine.
  static func measurements(of layer: VectorCase.Layer) -> JSONValue {
    guard layer.kind == "fc", case .object(var members) = layer.expected,
      let stores = members["writerStores"]?.array
    else { return layer.expected }
    members["writerStores"] = .array(
      stores.map { store in
        guard let numbers = store.array, numbers.count == 4 else { return store }
        return .array(Array(numbers.prefix(3)))
      })
    return .object(members)
  }

  static func startCycles(
    _ start: VectorParameters
  ) throws(VectorProblem) -> Range<Cycle> {
    guard let first = start.members["first"]?.integer,
      let length = start.members["length"]?.integer,
      0...VectorParameters.largestCycle ~= first, 1...longestStart ~= length
    else {
      throw VectorProblem(
        "\"start\" must be {\"first\": cycle, \"length\": cycles}, from cycle 0 to "
          + "\(VectorParameters.largestCycle), for 1 to \(longestStart) cycles")
    }
    return Cycle(first)..<Cycle(first + length)
  }

  /// Every cycle of the start signal is an event.
  private static let longestStart = 1 << 20

  /// How many cycles were recorded of a hardware that never finishes: up to the last one that the
  /// recording names.
  ///
  /// - Returns: the cycles; nil for hardware that finishes.
  static func recordedWindow(
    _ vectors: [VectorCase.Layer], _ layers: [Hybrid2024RecordedLayer]
  ) throws(VectorProblem) -> Cycle? {
    guard layers.contains(where: \.layer.neverFinishes) else { return nil }
    var last = 0
    for vector in vectors {
      for (name, value) in vector.expected.object ?? [:] where !name.hasSuffix("States") {
        for entry in value.array ?? [] {
          last = max(last, entry.integer ?? entry.array?.first?.integer ?? 0)
        }
      }
    }
    guard last < longestRecording else {
      let hazards = Hybrid2024(layers: layers.map(\.layer)).hazards
      for hazard in hazards where hazard.severity == .neverFinishes {
        throw VectorProblem(
          layer: hazard.layer,
          "\(hazard.description); a recording of \(last) cycles is longer than the "
            + "\(longestRecording) that are replayed of such hardware")
      }
      return 0
    }
    return Cycle(last) + 1
  }

  private static let longestRecording = 1 << 22
}

/// A layer of a recording of platform hybrid-2024.
struct Hybrid2024RecordedLayer {
  let layer: Hybrid2024Layer
  /// Spikes of every frame in the order of reading.
  let counts: [UInt32]

  init(_ vector: VectorCase.Layer) throws(VectorProblem) {
    let parameters = vector.parameters
    switch vector.kind {
    case "conv":
      layer = .convolution(try ConvolutionGeometry(recorded: parameters))
    case "fc":
      let number = try parameters.number("variant")
      guard let variant = [1: FullyConnectedGeometry.Variant.fc1, 2: .fc2][number] else {
        throw VectorProblem("\"variant\" is \(number); it must be 1 or 2")
      }
      layer = .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: try parameters.number("timeSteps"),
          inputChannels: try parameters.number("inputChannels"),
          frameSize: try parameters.number("frameSize"),
          neurons: try parameters.number("neurons"),
          processingElements: try parameters.number("processingElements"),
          encoderWidth: try parameters.number("encoderWidth"),
          // The list holds a whole time step.
          listCapacity: LayerGeometry.largestParameter, variant: variant))
    case "dense":
      layer = .dense(
        DenseGeometry(
          timeSteps: try parameters.number("T"), inputChannels: try parameters.number("IC"),
          outputChannels: try parameters.number("OC"), kernel: try parameters.number("K"),
          pixels: try parameters.squareFrame("W")))
    default:
      throw VectorProblem(
        "kind \"\(vector.kind)\" is unknown; platform \(Hybrid2024.name) has conv, fc and dense")
    }
    do { try layer.validate() } catch { throw VectorProblem(error.message) }
    // The timing of a dense layer does not depend on its input.
    counts = try layer.largestFrame.map(vector.flatCounts) ?? []
  }
}
