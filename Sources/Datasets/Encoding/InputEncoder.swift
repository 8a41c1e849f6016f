import SeededRandom

/// How a sample of a data set becomes what a network reads, step by step.
///
/// Everything that an input depends on besides the sample and the seed is in this value: it belongs
/// to the settings of a training, and a model is used with the one that it was trained with.
public struct InputEncoder: Hashable, Codable, Sendable {
  /// How the values of an image are spread over time.
  public var coding: ValueCoding

  /// Creates an encoder.
  public init(coding: ValueCoding) {
    self.coding = coding
  }

  /// Feeds the values themselves, the same at every step.
  public static let direct = InputEncoder(coding: .direct)

  /// Feeds Bernoulli spikes with the probability `gain * value`.
  public static func rate(gain: Float) -> InputEncoder { InputEncoder(coding: .rate(gain: gain)) }

  /// Whether all that is fed is 0 or 1, which a trace can hold.
  public var feedsSpikes: Bool { coding != .direct }

  /// The extent of what a network reads at each step.
  ///
  /// - Throws: ``DatasetError`` (`invalidRequest`) if such samples cannot be encoded in this way.
  public func frame(
    of data: some LabelledSamples, timeSteps: Int
  ) throws(DatasetError) -> FrameShape {
    data.frame
  }

  /// The input of one sample.
  ///
  /// Its random numbers depend on the seed, the sample and the epoch alone: never on the thread or on
  /// what was encoded before.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - index: which of its samples.
  ///   - timeSteps: number of steps.
  ///   - seed: of the random numbers.
  ///   - epoch: the epoch in which the sample is learned, which draws new numbers every time; nil for
  ///     a sample that is evaluated or recorded.
  /// - Returns: `[time step][channel][row][column]`.
  /// - Throws: ``DatasetError`` if the sample cannot be read.
  public func input(
    _ data: some LabelledSamples, sample index: Int, timeSteps: Int, seed: UInt64, epoch: Int? = nil
  ) throws(DatasetError) -> [Float] {
    var stream = Self.stream(seed: seed, sample: index, epoch: epoch)
    switch try data.sample(index) {
    case .image(let values):
      return coding.encode(values, timeSteps: timeSteps, stream: &stream)
    }
  }

  private static func stream(seed: UInt64, sample: Int, epoch: Int?) -> RandomStream {
    guard let epoch else {
      return RandomStream(
        seed: seed, path: RandomPurpose.recordedSpikes.rawValue, UInt64(sample))
    }
    return RandomStream(
      seed: seed, path: RandomPurpose.trainingSpikes.rawValue, UInt64(epoch), UInt64(sample))
  }

  /// The encoder as logs and traces name it: `rate gain=1.0`.
  public var name: String { coding.name }
}
