import EventSimulation

extension Conv2023: VectorPlatform {
  static func replay(
    _ vector: VectorCase, order: ((Int) -> [Int])?
  ) throws(VectorProblem) -> [JSONValue] {
    let starts = try vector.start.cycles("at")
    let layers = try recordedLayers(vector)
    return Conv2023Recording(replaying: layers, starts: starts, order: order).layers
  }

  static func recordedLayers(_ vector: VectorCase) throws(VectorProblem) -> [RecordedLayer] {
    var layers: [RecordedLayer] = []
    for (index, layer) in vector.layers.enumerated() {
      do { layers.append(try RecordedLayer(layer)) } catch {
        throw VectorProblem(layer: index, error.message)
      }
    }
    return layers
  }
}

/// A layer of a recording of platform conv-2023.
struct RecordedLayer {
  let geometry: LayerGeometry
  /// Spikes of every frame in the order of reading.
  let counts: [UInt32]

  init(_ layer: VectorCase.Layer) throws(VectorProblem) {
    let parameters = layer.parameters
    switch layer.kind {
    case "conv":
      geometry = .convolution(try ConvolutionGeometry(recorded: parameters))
    case "fc":
      guard let name = parameters.members["variant"]?.string,
        let variant = FullyConnectedGeometry.Variant(rawValue: name)
      else { throw VectorProblem("\"config\" needs \"variant\": \"fc1\" or \"fc2\"") }
      geometry = .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: try parameters.number("timeSteps"),
          inputChannels: try parameters.number("inputChannels"),
          frameSize: try parameters.number("frameSize"),
          neurons: try parameters.number("neurons"),
          processingElements: try parameters.number("processingElements"),
          encoderWidth: try parameters.number("encoderWidth"),
          listCapacity: try parameters.number("listCapacity"), variant: variant))
    default:
      throw VectorProblem(
        "kind \"\(layer.kind)\" is unknown; platform \(Conv2023.name) has conv and fc")
    }
    do { try geometry.validate() } catch { throw VectorProblem(error.message) }
    counts = try layer.flatCounts(atMost: geometry.largestFrame)
  }
}

extension ConvolutionGeometry {
  /// Reads the configuration of a recorded convolution layer.
  init(recorded parameters: VectorParameters) throws(VectorProblem) {
    self.init(
      timeSteps: try parameters.number("timeSteps"),
      inputChannels: try parameters.number("inputChannels"),
      outputChannels: try parameters.number("outputChannels"),
      kernel: try parameters.number("kernel"),
      inputPixels: try parameters.squareFrame("inputWidth"),
      outputPixels: try parameters.squareFrame("outputWidth"),
      processingElements: try parameters.number("processingElements"),
      encoderWidth: try parameters.number("encoderWidth"),
      listCapacity: try parameters.number("listCapacity"))
  }
}
