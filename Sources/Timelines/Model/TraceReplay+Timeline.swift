import Accelerator
import EventSimulation

extension TraceReplay {
  /// Replays one sample and draws up its timeline.
  ///
  /// - Parameters:
  ///   - sample: its position in the trace.
  ///   - window: the cycles to draw, all if nil.
  /// - Returns: the timeline.
  /// - Throws: what ``Accelerator/TraceReplay/recording(ofSample:)`` throws, and ``TimelineError`` if
  ///   the window holds no cycle of the sample.
  public func timeline(
    ofSample sample: Int, window: ClosedRange<Cycle>? = nil
  ) throws -> Timeline {
    let recorded = try recording(ofSample: sample)
    return try Timeline(
      of: recorded.recording,
      source: Timeline.Source(
        trace: trace.path, sample: sample, hardware: hardware.file.name,
        platform: hardware.file.platform, clock: hardware.file.clock),
      chunks: zip(hardware.layers, recorded.chunkCounts).map { layer, counts in
        guard let counts, let frame = layer.encodedFrame else { return nil }
        return ChunkCounts(counts: counts, chunksPerFrame: frame.chunks)
      }, window: window)
  }
}
