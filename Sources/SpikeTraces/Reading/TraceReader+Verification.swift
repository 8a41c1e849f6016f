extension TraceReader {
  /// Reads everything and adds it up.
  ///
  /// - Parameter progress: called after every sample with the samples verified so far.
  /// - Returns: the trace's totals.
  /// - Throws: ``TraceError`` `damaged` or `compression` at the first damage, which it locates. A
  ///   file without its end is no damage here: see ``recoveryWarning``.
  public func verify(
    progress: (_ samples: Int) -> Void = { _ in }
  ) throws(TraceError) -> TraceStatistics {
    var statistics = TraceStatistics(boundaries: shapes.count)
    var planes = shapes.map { _ in SpikePlanes(timeSteps: 0, neurons: 0) }
    for index in 0..<sampleCount {
      statistics.add(try summary(of: index))
      for boundary in shapes.indices {
        try self.boundary(boundary, of: index, into: &planes[boundary])
      }
      progress(index + 1)
    }
    return statistics
  }

  /// Adds up what the records' heads say, without decoding spikes.
  public func statistics() throws(TraceError) -> TraceStatistics {
    var statistics = TraceStatistics(boundaries: shapes.count)
    for index in 0..<sampleCount { statistics.add(try summary(of: index)) }
    return statistics
  }
}
