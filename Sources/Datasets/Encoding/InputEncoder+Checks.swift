/// What an encoder feeds to a network.
public enum FedInput: String, Hashable, Sendable {
  /// Real values, which no trace of spikes can hold.
  case values
  /// Bernoulli spikes.
  case rateSpikes
  /// One spike a value.
  case latencySpikes
  /// Events, at most one a pixel, channel and step.
  case eventSpikes
}

extension InputEncoder {
  /// More pixels than any camera has; a larger picture is a slip of the keyboard.
  static let largestSide = 1 << 14

  /// What is fed for samples of a kind.
  public func feeds(_ kind: SampleKind) -> FedInput {
    switch kind {
    case .events: return framing.values == .binary && normalisation == nil ? .eventSpikes : .values
    case .images:
      if makesSaccades { return .eventSpikes }
      switch coding {
      case .direct: return .values
      case .rate: return .rateSpikes
      case .latency: return .latencySpikes
      }
    }
  }

  /// The extent of what a network reads at each step.
  ///
  /// - Throws: ``DatasetError`` (`invalidRequest`) if such samples cannot be encoded in this way.
  public func frame(
    of data: some LabelledSamples, timeSteps: Int
  ) throws(DatasetError) -> FrameShape {
    try validate()
    guard timeSteps > 0 else {
      throw Self.refusal("there are \(timeSteps) time steps", "use at least one")
    }
    var frame = data.frame
    if data.kind == .events { frame.channels = framing.channels }
    if let size {
      frame.height = size.height
      frame.width = size.width
    }
    if let normalisation, normalisation.means.count != frame.channels {
      throw Self.refusal(
        "the normalisation is for \(normalisation.means.count) channels, but \(data.name) has"
          + " \(frame.channels)", "give a mean and a deviation for every channel")
    }
    if data.kind == .events {
      guard !makesSaccades else {
        throw Self.refusal(
          "\(data.name) has events already", "make saccades of images only")
      }
      guard normalisation == nil || framing.values == .counts else {
        throw Self.refusal(
          "normalised events are no spikes", "normalise counts of events, or nothing")
      }
    }
    guard data.kind == .images, makesSaccades else { return frame }
    guard frame.channels == 1, normalisation == nil else {
      throw Self.refusal(
        "saccades are made of grey images that are not normalised",
        "leave out the saccades or the normalisation")
    }
    guard timeSteps == SaccadeGenerator.timeSteps else {
      throw Self.refusal(
        "saccades have \(SaccadeGenerator.timeSteps) time steps, not \(timeSteps)",
        "use T = \(SaccadeGenerator.timeSteps)")
    }
    return FrameShape(
      channels: 2, height: frame.height + SaccadeGenerator.border,
      width: frame.width + SaccadeGenerator.border)
  }

  /// Checks every setting that does not depend on the data.
  ///
  /// - Throws: ``DatasetError`` (`invalidRequest`).
  public func validate() throws(DatasetError) {
    switch coding {
    case .direct: break
    case .rate(let gain):
      guard gain.isFinite, gain > 0 else {
        throw Self.refusal("the rate gain is \(gain)", "give a positive number")
      }
    case .latency(let threshold):
      guard threshold >= 0, threshold <= 1 else {
        throw Self.refusal("the latency threshold is \(threshold)", "give a number from 0 to 1")
      }
    }
    if let size {
      guard (1...Self.largestSide).contains(size.height),
        (1...Self.largestSide).contains(size.width)
      else {
        throw Self.refusal(
          "the size \(size.height)x\(size.width) is no size", "give 1 to \(Self.largestSide)")
      }
    }
    guard (0...Self.largestSide).contains(augmentation.shift) else {
      throw Self.refusal("the shift is \(augmentation.shift) pixels", "give 0 or more")
    }
    if let time = framing.denoising, time <= 0 || time > 1 << 40 {
      throw Self.refusal("the time of the denoising is \(time) us", "give 1 or more")
    }
  }

  private static func refusal(_ message: String, _ remedy: String) -> DatasetError {
    DatasetError(.invalidRequest, message, remedy: remedy)
  }
}
