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
    let pixels = height * width
    var frames = [Float](repeating: 0, count: timeSteps * channels * pixels)
    guard let first = events.first, let last = events.last else { return frames }
    let duration = (last.time - first.time) / Int64(timeSteps)
    let share = events.count / timeSteps
    frames.withUnsafeMutableBufferPointer { frames in
      for (index, event) in events.enumerated() {
        let step: Int
        switch binning {
        // A recording shorter than T microseconds has no steps in time.
        case .time: step = duration > 0 ? Int((event.time - first.time) / duration) : 0
        case .count: step = share > 0 ? index / share : timeSteps
        }
        guard step >= 0, step < timeSteps, event.time >= first.time else { continue }
        let channel = channels == 2 && event.isOn ? 1 : 0
        frames[
          ((step * channels + channel) * height + Int(event.y)) * width + Int(event.x)] += 1
      }
    }
    return frames
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
    let lastColumn = Int(events.map(\.x).max() ?? 0) + 1
    let lastRow = Int(events.map(\.y).max() ?? 0) + 1
    for row in 1...height {
      for column in 1...width where row > lastRow || column > lastColumn {
        until[row * stride + column] = .min
      }
    }
    return events.filter { event in
      let place = (Int(event.y) + 1) * stride + Int(event.x) + 1
      until[place] = event.time &+ time
      return until[place - 1] > event.time || until[place + 1] > event.time
        || until[place - stride] > event.time || until[place + stride] > event.time
    }
  }
}
