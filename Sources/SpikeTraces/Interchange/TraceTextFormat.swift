import Foundation

/// A trace as lines of JSON, for tools that do not read the binary format.
///
/// The first line is `{"format":"lockstep-spikes","version":1,"header":{...}}`, with the header as
/// the binary format has it. Every further line is a sample:
///
///     {"id":17,"label":3,"prediction":3,"spikes":[[[0,5],[],[2]],[[1],[1],[]]]}
///
/// `spikes[b][t]` lists the neurons of boundary b that spiked in step t. `label` and `prediction`
/// may be absent or null.
public enum TraceTextFormat {
  /// The version of the text form.
  public static let version = 1
  static let name = "lockstep-spikes"

  struct FirstLine: Codable {
    var format: String
    var version: Int
    var header: TraceHeader
  }

  struct SampleLine: Decodable {
    var id: UInt64
    var label: Int?
    var prediction: Int?
    var spikes: [[[Int]]]
  }

  /// The first line of a trace, with its line feed.
  public static func line(for header: TraceHeader) throws(TraceError) -> [UInt8] {
    try header.validate()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let line = FirstLine(format: name, version: version, header: header)
    do {
      return Array(try encoder.encode(line)) + [UInt8(ascii: "\n")]
    } catch {
      throw TraceHeader.invalid("it cannot be written as JSON: \(error.localizedDescription)")
    }
  }

  /// Appends the line of a sample, with its line feed.
  public static func appendLine(for sample: SampleRecord, to text: inout [UInt8]) {
    text.append(contentsOf: "{\"id\":\(sample.id)".utf8)
    if let label = sample.label { text.append(contentsOf: ",\"label\":\(label)".utf8) }
    if let prediction = sample.prediction {
      text.append(contentsOf: ",\"prediction\":\(prediction)".utf8)
    }
    text.append(contentsOf: ",\"spikes\":[".utf8)
    for (boundary, planes) in sample.boundaries.enumerated() {
      text.append(contentsOf: boundary == 0 ? "[".utf8 : ",[".utf8)
      for timeStep in 0..<planes.timeSteps {
        text.append(contentsOf: timeStep == 0 ? "[".utf8 : ",[".utf8)
        var isFirst = true
        planes.forEachSpike(timeStep: timeStep) { neuron in
          if !isFirst { text.append(UInt8(ascii: ",")) }
          isFirst = false
          text.append(contentsOf: String(neuron).utf8)
        }
        text.append(UInt8(ascii: "]"))
      }
      text.append(UInt8(ascii: "]"))
    }
    text.append(contentsOf: "]}\n".utf8)
  }

  /// Reads a first line.
  static func header(line: ArraySlice<UInt8>) throws(TraceError) -> TraceHeader {
    let first: FirstLine
    do {
      first = try JSONDecoder().decode(FirstLine.self, from: Data(line))
    } catch let error as DecodingError {
      throw malformed("the first line is not that of a trace: \(TraceHeader.explain(error))")
    } catch {
      throw malformed("the first line is not JSON: \(error.localizedDescription)")
    }
    guard first.format == name, first.version == version else {
      throw malformed(
        "the format is \"\(first.format)\" version \(first.version); this software reads "
          + "\"\(name)\" version \(version)")
    }
    try first.header.validate()
    return first.header
  }

  /// Reads the line of a sample.
  static func sample(line: ArraySlice<UInt8>, header: TraceHeader) throws(TraceError)
    -> SampleRecord
  {
    let sample: SampleLine
    do {
      sample = try JSONDecoder().decode(SampleLine.self, from: Data(line))
    } catch let error as DecodingError {
      throw malformed("not a sample: \(TraceHeader.explain(error))")
    } catch {
      throw malformed("not JSON: \(error.localizedDescription)")
    }
    let shapes = header.boundaries
    guard sample.spikes.count == shapes.count else {
      throw malformed(
        "spikes has \(sample.spikes.count) boundaries; the header has \(shapes.count), "
          + "the input's and one a layer")
    }
    var boundaries: [SpikePlanes] = []
    for (boundary, (steps, shape)) in zip(sample.spikes, shapes).enumerated() {
      guard steps.count == header.timeSteps else {
        throw malformed(
          "boundary \(boundary) has \(steps.count) time steps; the header says "
            + "\(header.timeSteps)")
      }
      var planes = SpikePlanes(timeSteps: header.timeSteps, neurons: shape.neurons)
      for (timeStep, neurons) in steps.enumerated() {
        for neuron in neurons {
          guard 0..<shape.neurons ~= neuron else {
            throw malformed(
              "boundary \(boundary), step \(timeStep) names neuron \(neuron); it has "
                + "\(shape.neurons) (\(shape)), counted from 0")
          }
          planes[timeStep: timeStep, neuron: neuron] = true
        }
      }
      boundaries.append(planes)
    }
    return SampleRecord(
      id: sample.id, label: sample.label, prediction: sample.prediction, boundaries: boundaries)
  }

  private static func malformed(_ message: String) -> TraceError {
    TraceError(.malformedText, message)
  }
}
