import Accelerator
import EventSimulation
import Foundation
import SpikeTraces
import TestSupport
import Timelines

/// Timelines of real digits, and of random spikes on random hardware.
struct ExampleTimeline: Sendable {
  let replay: TraceReplay
  let recorded: RecordedSample
  let timeline: Timeline

  init(
    _ replay: TraceReplay, sample: Int, knowsChunks: Bool = true,
    window: ClosedRange<Cycle>? = nil
  ) throws {
    self.replay = replay
    recorded = try replay.recording(ofSample: sample)
    let timeline = try replay.timeline(ofSample: sample, window: window)
    self.timeline =
      knowsChunks
      ? timeline : try Timeline(of: recorded.recording, source: timeline.source, window: window)
  }

  /// The digits that come with the repository.
  static func digits() throws -> TraceReplay {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try TraceReplay(
      of: TraceReader(path: root.appendingPathComponent("traces/digits-test-100.spikes").path),
      on: HardwareFile(path: root.appendingPathComponent("hardware/digits-demo.yaml").path))
  }

  /// A random trace on random hardware: a pooled convolution and a fully connected layer.
  ///
  /// With options, the hardware is such as nobody published.
  static func random(
    seed: UInt64, in folder: TemporaryFolder, hasOptions: Bool = false
  ) throws -> TraceReplay {
    var random = SeededGenerator(seed: seed)
    let width = Int.random(in: 4...9, using: &random)
    let header = RandomTrace.convolutional(
      channels: 4,
      input: LayerShape(
        channels: Int.random(in: 1...3, using: &random), height: width, width: width),
      timeSteps: Int.random(in: 1...6, using: &random))
    let trace = try RandomTrace.write(
      samples: 2, to: folder.path("\(seed).spikes"), header: header)
    let elements = [1, 2, 4].randomElement(using: &random) ?? 1
    let neurons = Int.random(in: 1...10, using: &random)
    let encoder = Int.random(in: width...(2 * width * width), using: &random)
    let options = [
      "list-buffers: \(1 + seed % 4)", "list-overflow: \(seed % 2 == 0 ? "splits" : "drops")",
      "writer-queue: \(seed % 2)", "membrane-ports: \(1 + seed % 2)",
      "memory-latency: \(1 + seed % 5)",
      "event-controllers: \(min(Int(seed % 5) + 1, header.input.channels))",
    ].map { ", " + $0 }.joined()
    let lists = "list-capacity: \(hasOptions ? "3" + options : "128")"
    let hardware = try folder.write(
      """
      platform: conv-2023
      clock: 125 MHz
      layers:
        - {kind: convolution, processing-elements: \(elements), encoder-width: \(encoder), \(lists)}
        - {kind: fully-connected, processing-elements: \(neurons), encoder-width: \(1 + encoder / 2)}

      """, to: "\(seed).yaml")
    return try TraceReplay(of: TraceReader(path: trace), on: HardwareFile(path: hardware))
  }
}
