import Accelerator
import Foundation
import Testing

// Are the worked examples of the hardware pages what both engines compute?
@Suite struct WorkedExampleTests {
  @Test(arguments: [("conv-2023", [32]), ("hybrid-2024", [35, 15]), ("fc-2023", [26, 16])])
  func theRecordingsOfThePagesAreExact(page: String, numbers: [Int]) throws {
    let recordings = try self.recordings(of: page)
    #expect(recordings.count == numbers.count)
    for (recording, numbers) in zip(recordings, numbers) {
      let line = Data(recording.replacingOccurrences(of: "\n", with: " ").utf8)
      let validation = try VectorValidation(checking: line, file: page)
      #expect(validation.outcomes.map(\.compared) == [numbers, numbers])
      #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
    }
  }

  @Test(arguments: ["conv-2023", "hybrid-2024"])
  func theTableOfThePageIsItsRecording(page: String) throws {
    let text = try text(of: page)
    let recording = try #require(try recordings(of: page).first)
    let vector = try JSONDecoder().decode(Vector.self, from: Data(recording.utf8))
    let expect = vector.layers[0].expect
    let (frames, bursts) = (try #require(expect.frames), try #require(expect.bursts))
    let sweeps = try #require(expect.activations)
    let elements = try #require(expect.coreActivations)
    for step in 0..<2 {
      // A frame is ready in the cycle after its sweep, and one processing element's row takes three.
      let ready = sweeps[step][1] + 1
      let row =
        "| \(step) | \(frames[step][0]) | \(frames[step][1]) | \(frames[step][2]) "
        + "| \(bursts[step][0]) to \(bursts[step][1]) | \(sweeps[step][0]) to \(sweeps[step][1]) "
        + "| \(elements[step][0]) to \(elements[step][1]) | \(ready) | \(ready + 1) to \(ready + 3) |"
      #expect(text.contains(row), "docs/hardware/\(page).md lacks \(row)")
    }
  }

  @Test func theLatenciesOfConv2023() throws {
    let layers: [LayerGeometry] = [
      .convolution(
        ConvolutionGeometry(
          timeSteps: 2, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 16,
          outputPixels: 4, processingElements: 1, encoderWidth: 8, listCapacity: 8)),
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: 2, inputChannels: 1, frameSize: 4, neurons: 2, processingElements: 1,
          encoderWidth: 4, listCapacity: 4, variant: .fc1)),
    ]
    let published = Set<Conv2023.Quirk>.published
    try check(
      [
        "published": Conv2023(layers: layers),
        "early-done repaired": Conv2023(
          layers: layers, quirks: published.subtracting([.earlyDone])),
      ], counts: [[3, 2], [2, 1]], page: "conv-2023")
  }

  @Test func theLatenciesOfHybrid2024() throws {
    let layers: [Hybrid2024Layer] = [
      .convolution(
        ConvolutionGeometry(
          timeSteps: 2, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 16,
          outputPixels: 16, processingElements: 1, encoderWidth: 8, listCapacity: 8)),
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: 2, inputChannels: 1, frameSize: 16, neurons: 4, processingElements: 2,
          encoderWidth: 16, listCapacity: 16, variant: .fc2)),
    ]
    let published = Set<Hybrid2024.Quirk>.published
    try check(
      [
        "published": Hybrid2024(layers: layers),
        "extra-pass repaired": Hybrid2024(
          layers: layers, quirks: published.subtracting([.extraPass])),
      ], counts: [[3, 2], [2, 1]], page: "hybrid-2024")
  }

  @Test func theClosedFormsAgreeWithTheExamplesOfFullyConnected2023() throws {
    let pipeline = PipelineGeometry(
      inputs: 8, neurons: [8, 4], logicalToHardwareRatios: [2, 1], timeSteps: 2)
    let registers: Set<FullyConnected2023.Quirk> = [.eightBitWait, .lostEmptySteps]
    let counts: [[UInt32]] = [[3, 1], [2, 4]]
    #expect(try FullyConnected2023(pipeline).closedForm(counts: counts).latency == 81)
    #expect(
      try FullyConnected2023(pipeline, quirks: registers).closedForm(counts: counts).latency == 83)
    let single = SpikeTrainGeometry(
      inputs: 8, neurons: 4, processingElements: 2, listCapacity: 8, accumulateLatency: 2)
    for (quirks, latency) in [(Set.published, 36), (.repaired, 52)]
      as [(Set<FullyConnected2023RTL.Quirk>, UInt64)]
    {
      let model = FullyConnected2023RTL(single, timeSteps: 2, quirks: quirks)
      #expect(try model.closedForm(counts: [[3, 1]]).latency == latency)
    }
  }

  /// Checks the rows of the table of latencies.
  private func check<Model: AcceleratorModel>(
    _ models: [String: Model], counts: [[UInt32]], page: String
  ) throws {
    let text = try text(of: page)
    for (name, model) in models {
      let simulated = try model.simulator().replay(counts: counts)
      let closed = try model.closedForm(counts: counts)
      #expect(closed.difference(from: simulated)?.description == nil)
      let cycles = simulated.layers.map { "\($0.cycles)" }.joined(separator: " | ")
      let row = "| \(name) | \(cycles) | \(simulated.latency) |"
      #expect(text.contains(row), "docs/hardware/\(page).md lacks \(row)")
    }
  }

  private struct Vector: Decodable {
    struct Layer: Decodable {
      struct Expected: Decodable {
        let frames, bursts, activations, coreActivations: [[Int]]?
      }
      let expect: Expected
    }
    let layers: [Layer]
  }

  private func text(of page: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("docs/hardware/\(page).md"), encoding: .utf8)
  }

  /// The blocks of JSON on a page.
  private func recordings(of page: String) throws -> [String] {
    try text(of: page).components(separatedBy: "```json\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
  }
}
