import Foundation

/// One recording of a piece of hardware: its configuration, what it read, what it did when.
///
/// The format is documented in docs/VectorFormat.md.
public struct VectorCase: Sendable {
  /// One layer of the recorded hardware.
  public struct Layer: Sendable {
    /// Its kind and parameters.
    public let geometry: LayerGeometry
    /// Spikes of every frame in the order of reading.
    public let counts: [UInt32]
    /// Everything that was measured.
    public let expected: JSONValue
  }

  /// The case's name.
  public let identifier: String
  /// The platform that was recorded.
  public let platform: String
  /// Cycles in which the start signal was high, ascending.
  public let starts: [UInt64]
  /// The layers, from the input to the output.
  public let layers: [Layer]

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
    let value: JSONValue
    do { value = try JSONDecoder().decode(JSONValue.self, from: line) } catch {
      throw failure("this is not a JSON object; each line holds one case (docs/VectorFormat.md)")
    }
    guard let members = value.object else {
      throw failure("this is not a JSON object; each line holds one case (docs/VectorFormat.md)")
    }
    guard let identifier = members["id"]?.string else {
      throw failure("the case has no \"id\"; add a string that names it")
    }
    self.identifier = identifier
    guard let platform = members["platform"]?.string else {
      throw failure("case \(identifier) has no \"platform\"; add one, for example \"conv-2023\"")
    }
    guard platform == Conv2023.name else {
      throw failure(
        "case \(identifier) is for platform \"\(platform)\"; this version knows \(Conv2023.name)")
    }
    self.platform = platform
    guard let starts = members["start"]?.object?["at"]?.flattenedIntegers, !starts.isEmpty,
      starts.allSatisfy({ 0...Self.largestCycle ~= $0 }), starts == starts.sorted(),
      Set(starts).count == starts.count
    else {
      throw failure(
        "\"start\" of case \(identifier) must be {\"at\": [cycles]}, ascending, each from 0 to "
          + "\(Self.largestCycle)")
    }
    self.starts = starts.map(UInt64.init)
    guard let list = members["layers"]?.array,
      1...Conv2023Design.largestLayerCount ~= list.count
    else {
      throw failure(
        "case \(identifier) needs \"layers\": 1 to \(Conv2023Design.largestLayerCount) of them")
    }
    var layers: [Layer] = []
    for (index, layer) in list.enumerated() {
      let name = "layer \(index) of case \(identifier)"
      do { layers.append(try Layer(layer)) } catch {
        throw failure("\(name): \(error.message)")
      }
    }
    self.layers = layers
  }

  /// Far beyond any recording, and small enough that no sum of cycles overflows.
  static let largestCycle = 1 << 40
}

extension VectorCase.Layer {
  fileprivate struct Problem: Error { let message: String }

  fileprivate init(_ value: JSONValue) throws(Problem) {
    guard let members = value.object, let kind = members["kind"]?.string,
      let config = members["config"]?.object
    else { throw Problem(message: "needs \"kind\", \"config\", \"counts\" and \"expect\"") }
    func parameter(_ name: String) throws(Problem) -> Int {
      guard let value = config[name]?.integer else {
        throw Problem(message: "\"config\" needs a whole number \"\(name)\"")
      }
      return value
    }
    switch kind {
    case "conv":
      let (width, outputWidth) = (try parameter("inputWidth"), try parameter("outputWidth"))
      let (pixels, overflow) = width.multipliedReportingOverflow(by: width)
      let (outputPixels, outputOverflow) = outputWidth.multipliedReportingOverflow(by: outputWidth)
      guard !overflow, !outputOverflow, width > 0, outputWidth > 0 else {
        throw Problem(message: "\"inputWidth\" and \"outputWidth\" must be sensible frame widths")
      }
      geometry = .convolution(
        ConvolutionGeometry(
          timeSteps: try parameter("timeSteps"), inputChannels: try parameter("inputChannels"),
          outputChannels: try parameter("outputChannels"), kernel: try parameter("kernel"),
          inputPixels: pixels, outputPixels: outputPixels,
          processingElements: try parameter("processingElements"),
          encoderWidth: try parameter("encoderWidth"),
          listCapacity: try parameter("listCapacity")))
    case "fc":
      guard let name = config["variant"]?.string,
        let variant = FullyConnectedGeometry.Variant(rawValue: name)
      else { throw Problem(message: "\"config\" needs \"variant\": \"fc1\" or \"fc2\"") }
      geometry = .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: try parameter("timeSteps"), inputChannels: try parameter("inputChannels"),
          frameSize: try parameter("frameSize"), neurons: try parameter("neurons"),
          processingElements: try parameter("processingElements"),
          encoderWidth: try parameter("encoderWidth"),
          listCapacity: try parameter("listCapacity"), variant: variant))
    default:
      throw Problem(message: "kind \"\(kind)\" is unknown; platform conv-2023 has conv and fc")
    }
    do { try geometry.validate() } catch { throw Problem(message: error.message) }
    guard let counts = members["counts"]?.flattenedIntegers else {
      throw Problem(message: "\"counts\" must be (nested) lists of whole numbers")
    }
    let largest = geometry.largestFrame
    guard let wrong = counts.first(where: { !(0...largest ~= $0) }) else {
      self.counts = counts.map(UInt32.init)
      guard let expected = members["expect"], expected.object != nil else {
        throw Problem(message: "\"expect\" must be an object of measured numbers")
      }
      self.expected = expected
      return
    }
    throw Problem(message: "\"counts\" holds \(wrong), but a frame has 0 to \(largest) spikes")
  }
}
