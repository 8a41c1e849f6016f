import SeededRandom

/// How a sample of a data set becomes what a network reads, step by step.
///
/// Images are resized, augmented, normalised and coded, or turned into events by saccades. Events are
/// denoised, counted into one frame a step, resized, made 0 and 1 unless the counts are wanted,
/// augmented, and normalised. What comes before the augmentation may be kept: ``FrameCache``.
///
/// Everything that an input depends on besides the sample and the seed is in this value: it belongs
/// to the settings of a training, and a model is used with the one that it was trained with.
public struct InputEncoder: Hashable, Codable, Sendable {
  /// How the values of an image are spread over time; does not concern events.
  public var coding: ValueCoding
  /// How events become frames; does not concern images.
  public var framing: EventFraming
  /// Turns images into events; see ``SaccadeGenerator``.
  public var makesSaccades: Bool
  /// Rows and columns that pictures are resized to; nil leaves them.
  public var size: PictureSize?
  /// What is done to the values of every channel; nil for nothing.
  public var normalisation: Normalisation?
  /// What is done to training samples only.
  public var augmentation: Augmentation

  /// Creates an encoder.
  public init(
    coding: ValueCoding, framing: EventFraming = EventFraming(), makesSaccades: Bool = false,
    size: PictureSize? = nil, normalisation: Normalisation? = nil,
    augmentation: Augmentation = .none
  ) {
    self.coding = coding
    self.framing = framing
    self.makesSaccades = makesSaccades
    self.size = size
    self.normalisation = normalisation
    self.augmentation = augmentation
  }

  /// Feeds the values themselves, the same at every step.
  public static let direct = InputEncoder(coding: .direct)

  /// Feeds Bernoulli spikes with the probability `gain * value`.
  public static func rate(gain: Float) -> InputEncoder { InputEncoder(coding: .rate(gain: gain)) }

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
    var frames = try frames(data, sample: index, timeSteps: timeSteps)
    if let epoch {
      augmentation.apply(to: &frames, seed: seed, epoch: epoch, sample: index)
    }
    if data.kind == .images, makesSaccades {
      return SaccadeGenerator.events(
        frames.values, height: frames.shape.height, width: frames.shape.width)
    }
    if let normalisation { frames.normalise(normalisation) }
    guard data.kind == .images else { return frames.values }
    var stream = Self.stream(seed: seed, sample: index, epoch: epoch)
    return coding.encode(frames.values, timeSteps: timeSteps, stream: &stream)
  }

  /// What a sample is before it is augmented: the picture of an image, or the events or counts of
  /// every step, in the encoder's size.
  func frames(
    _ data: some LabelledSamples, sample index: Int, timeSteps: Int
  ) throws(DatasetError) -> Frames {
    guard let cache = data.frameCache else {
      return try newFrames(data, sample: index, timeSteps: timeSteps)
    }
    let form = FrameCache.Form(framing: framing, size: size, timeSteps: timeSteps)
    return try cache.frames(index, form) { () throws(DatasetError) in
      try newFrames(data, sample: index, timeSteps: timeSteps)
    }
  }

  private func newFrames(
    _ data: some LabelledSamples, sample index: Int, timeSteps: Int
  ) throws(DatasetError) -> Frames {
    var frames: Frames
    switch try data.sample(index) {
    case .image(let values):
      frames = Frames(shape: data.frame, values: values)
    case .events(let events):
      frames = Frames(
        shape: FrameShape(
          channels: framing.channels, height: data.frame.height, width: data.frame.width),
        values: framing.counts(
          events, height: data.frame.height, width: data.frame.width, timeSteps: timeSteps))
    }
    if let size { frames.resize(height: size.height, width: size.width) }
    // Augmentation moves values and leaves them as they are: it may as well come afterwards.
    if data.kind == .events, framing.values == .binary { frames.binarise() }
    return frames
  }

  private static func stream(seed: UInt64, sample: Int, epoch: Int?) -> RandomStream {
    guard let epoch else {
      return RandomStream(
        seed: seed, path: RandomPurpose.recordedSpikes.rawValue, UInt64(sample))
    }
    return RandomStream(
      seed: seed, path: RandomPurpose.trainingSpikes.rawValue, UInt64(epoch), UInt64(sample))
  }
}

/// Rows and columns of a picture.
public struct PictureSize: Hashable, Codable, Sendable {
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// Creates a size.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
}
