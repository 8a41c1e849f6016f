import SpikeTraces

/// One sample with everything that happened, and the spikes that it happened with.
public struct RecordedSample: Sendable {
  /// Everything that happened.
  public let recording: SampleRecording
  /// Spikes of every chunk that each layer's priority encoder loads in one pass, `[frame][chunk]`;
  /// nil for a layer without an encoder that takes time.
  public let chunkCounts: [[UInt32]?]
}

extension TraceReplay {
  /// Replays one sample and keeps everything that happens.
  ///
  /// - Parameter sample: its position in the trace; it need not be one of ``samples``.
  /// - Returns: the recording.
  /// - Throws: what reading the trace throws, and ``ReplayError`` if there is no such sample or the
  ///   hardware never finishes it.
  public func recording(ofSample sample: Int) throws -> RecordedSample {
    guard 0..<trace.sampleCount ~= sample else {
      throw ReplayError(
        "\(trace.path): there is no sample \(sample); the trace has \(trace.sampleCount), counted "
          + "from 0")
    }
    var counts: [[UInt32]] = []
    var chunkCounts: [[UInt32]?] = []
    for (index, layer) in hardware.layers.enumerated() {
      guard let group = layer.countedGroup else {
        counts.append([])
        chunkCounts.append(nil)
        continue
      }
      let planes = try trace.boundary(hardware.firstLayer + index, of: sample)
      counts.append(planes.groupCounts(groupSize: group))
      chunkCounts.append(layer.encodedFrame?.chunkCounts(planes))
    }
    do {
      let recording = try SampleRecording(
        of: hardware.model, layerNames: hardware.layers.map(\.name), counts: counts)
      return RecordedSample(recording: recording, chunkCounts: chunkCounts)
    } catch {
      throw ReplayError("sample \(sample): \(error.description)")
    }
  }
}
