/// How a recording of events becomes one frame a time step.
public struct EventFraming: Hashable, Codable, Sendable {
  /// How events are dealt out to the T steps.
  public enum Binning: String, Hashable, Codable, Sendable, CaseIterable {
    /// Steps of equal time.
    ///
    /// A step lasts (last time − first time) / T microseconds, rounded down; what the rounding leaves
    /// at the end is lost (Tonic `ToFrame(n_time_bins=T)`).
    case time
    /// Steps of equally many events.
    ///
    /// A step has N / T events, rounded down; what the rounding leaves at the end is lost (Tonic
    /// `ToFrame(n_event_bins=T)`).
    case count
  }

  /// What a pixel of a frame holds.
  public enum Values: String, Hashable, Codable, Sendable, CaseIterable {
    /// 1 where an event was, else 0: spikes.
    case binary
    /// The number of events, which is no spike if it is above 1.
    case counts
  }

  /// What becomes of an event's polarity.
  public enum Polarities: String, Hashable, Codable, Sendable, CaseIterable {
    /// Channel 0 has the OFF events and channel 1 the ON events, as Tonic orders them.
    case separate
    /// One channel has both.
    case merged
  }

  /// How events are dealt out to the steps.
  public var binning: Binning
  /// What a pixel holds.
  public var values: Values
  /// What becomes of polarities.
  public var polarities: Polarities
  /// Events without a neighbour within so many microseconds are left out; nil for none.
  public var denoising: Int64?

  /// Creates a framing.
  public init(
    binning: Binning = .time, values: Values = .binary, polarities: Polarities = .separate,
    denoising: Int64? = nil
  ) {
    self.binning = binning
    self.values = values
    self.polarities = polarities
    self.denoising = denoising
  }

  /// Channels of a frame.
  var channels: Int { polarities == .separate ? 2 : 1 }

  /// The framing as logs name it: `time binary separate`.
  public var name: String {
    "\(binning.rawValue) \(values.rawValue) \(polarities.rawValue)"
      + (denoising.map { " denoise=\($0)us" } ?? "")
  }

  /// Counts events.
  ///
  /// - Parameters:
  ///   - events: in the order of their times.
  ///   - height: rows of the sensor.
  ///   - width: columns of the sensor.
  ///   - timeSteps: number of steps.
  /// - Returns: the number of events, `[time step][channel][row][column]`.
  func counts(_ events: [Event], height: Int, width: Int, timeSteps: Int) -> [Float] {
    let events =
      denoising.map { Self.denoised(events, within: $0, height: height, width: width) } ?? events
    let channels = channels
    var frames = [Float](repeating: 0, count: timeSteps * channels * height * width)
    guard let start = events.first?.time else { return frames }
    frames.withUnsafeMutableBufferPointer { frames in
      events.withUnsafeBufferPointer { events in
        forEachRun(of: events, timeSteps: timeSteps) { step, run in
          for index in run where events[index].time >= start {
            let event = events[index]
            // Without a branch: polarities come at random.
            let channel = (event.isOn ? 1 : 0) & (channels - 1)
            frames[
              ((step * channels + channel) * height + Int(event.y)) * width + Int(event.x)] += 1
          }
        }
      }
    }
    return frames
  }

  /// Calls a closure with the events of a step, as many at a time as follow each other.
  @inline(__always)
  private func forEachRun(
    of events: UnsafeBufferPointer<Event>, timeSteps: Int, _ body: (Int, Range<Int>) -> Void
  ) {
    guard let first = events.first?.time, let last = events.last?.time else { return }
    switch binning {
    case .time:
      let duration = (last - first) / Int64(timeSteps)
      var index = 0
      while index < events.count {
        let time = events[index].time
        // A recording shorter than T microseconds has no steps in time: all is in the first.
        let step = duration > 0 && time >= first ? (time - first) / duration : 0
        let begin = first + step * duration
        let end = duration > 0 && begin <= .max - duration ? begin + duration : .max
        let start = index
        // A division for every run of events, not for every event.
        repeat {
          index += 1
        } while index < events.count
          && events[index].time >= begin && events[index].time < end
        if step < timeSteps { body(Int(step), start..<index) }
      }
    case .count:
      let share = events.count / timeSteps
      for step in 0..<(share > 0 ? timeSteps : 0) {
        body(step, (step * share)..<((step + 1) * share))
      }
    }
  }

  /// Leaves out isolated events.
  ///
  /// An event stays if one of its four neighbours fired less than `time` microseconds before it, or
  /// if the recording is younger than that (Tonic `Denoise(filter_time)`).
  static func denoised(
    _ events: [Event], within time: Int64, height: Int, width: Int
  ) -> [Event] {
    // A border of one pixel that never fires saves the question where the sensor ends. What has not
    // fired yet counts as fired at time 0, as in Tonic; the border as never.
    let stride = width + 2
    var until = [Int64](repeating: .min, count: stride * (height + 2))
    for row in 1...height {
      for column in 1...width { until[row * stride + column] = time }
    }
    // Tonic's sensor ends at the last column and row in which an event was.
    var (lastColumn, lastRow) = (UInt16(0), UInt16(0))
    for event in events {
      lastColumn = max(lastColumn, event.x)
      lastRow = max(lastRow, event.y)
    }
    for row in 1...height {
      for column in 1...width where row > Int(lastRow) + 1 || column > Int(lastColumn) + 1 {
        until[row * stride + column] = .min
      }
    }
    return until.withUnsafeMutableBufferPointer { until in
      [Event](unsafeUninitializedCapacity: events.count) { left, count in
        count = 0
        for event in events {
          let place = (Int(event.y) + 1) * stride + Int(event.x) + 1
          until[place] = event.time &+ time
          left.initializeElement(at: count, to: event)
          // Whether a neighbour fired is anybody's guess, so that a branch would be mispredicted;
          // the next event takes the place of one that is left out.
          let latest = max(
            max(until[place - 1], until[place + 1]),
            max(until[place - stride], until[place + stride]))
          count += latest > event.time ? 1 : 0
        }
      }
    }
  }
}
