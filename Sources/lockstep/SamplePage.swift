import Accelerator
import Foundation
import PowerEstimation
import Reports
import SpikeTraces
import Timelines

extension ReplayPage {
  /// Adds spikes, timeline and power over time of one sample, as far as trace and hardware are still
  /// there.
  ///
  /// - Parameters:
  ///   - wanted: the sample, counted from 0; nil: the first that was replayed.
  ///   - replay: the replay.
  ///   - isQuiet: whether to keep remarks to oneself.
  /// - Throws: ``ReplayError`` if there is another trace in the place of the replayed one, or no such
  ///   sample; what reading them throws.
  mutating func addSample(_ wanted: Int?, of replay: PoweredReplay, quiet isQuiet: Bool)
    async throws
  {
    let report = replay.report
    let sample = wanted ?? report.trace.firstSample
    guard wanted != nil || FileManager.default.fileExists(atPath: report.trace.path) else { return }
    let trace = try TraceReader(path: report.trace.path)
    guard trace.header.networkName == report.trace.network,
      trace.sampleCount == report.trace.samplesInTrace
    else {
      throw ReplayError(
        "\(report.trace.path): this is not the trace that was replayed any more; replay it again, or "
          + "give --no-sample")
    }
    guard 0..<trace.sampleCount ~= sample else {
      throw ReplayError(
        "\(report.trace.path): there is no sample \(sample); the trace has \(trace.sampleCount), "
          + "counted from 0")
    }
    raster = try SampleRaster(trace, sample: sample)
    guard FileManager.default.fileExists(atPath: report.hardware.path) else { return }
    let hardware = try HardwareFile(path: report.hardware.path)
    guard hardware.platform == report.hardware.platform,
      hardware.clock == report.hardware.clockHertz
    else { return }
    let drawn = try TraceReplay(of: trace, on: hardware).timeline(ofSample: sample)
    guard report.agrees(with: drawn, on: hardware) else {
      if !isQuiet {
        StandardError.write(
          "note: \(hardware.path) is not what was replayed any more (or --quirks was given), so the page "
            + "has no timeline; replay again\n")
      }
      return
    }
    timeline = TimelineExcerpt(drawn)
    if let estimates = replay.estimates {
      powerOverTime = try await PowerTimeline(drawn, estimates, trace: trace, hardware: hardware)
    }
  }
}

extension ReplayReport {
  /// Whether a sample takes as long as when it was replayed: else the hardware has changed.
  fileprivate func agrees(with timeline: Timeline, on hardware: HardwareFile) -> Bool {
    let position = timeline.source.sample - trace.firstSample
    // Layers with clocks of their own are added up otherwise.
    let hasOneClock = hardware.layers.allSatisfy { ($0.clock ?? hardware.clock) == hardware.clock }
    guard hasOneClock, let sampleLatencies, sampleLatencies.indices.contains(position) else {
      return true
    }
    return sampleLatencies[position] == timeline.latency
  }
}
