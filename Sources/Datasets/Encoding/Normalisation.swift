/// A mean and a deviation for every channel: a value v becomes (v − mean) / deviation.
public struct Normalisation: Hashable, Codable, Sendable {
  /// The mean of each channel.
  public let means: [Float]
  /// The standard deviation of each channel.
  public let deviations: [Float]

  /// Creates a normalisation.
  ///
  /// - Throws: ``DatasetError`` (`invalidRequest`) unless there is a finite mean and a positive
  ///   deviation for every channel.
  public init(means: [Float], deviations: [Float]) throws(DatasetError) {
    guard !means.isEmpty, means.count == deviations.count, means.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw DatasetError(
        .invalidRequest, "the normalisation has means \(means) and deviations \(deviations)",
        remedy: "give a mean and a positive deviation for every channel")
    }
    self.means = means
    self.deviations = deviations
  }

  private init(known means: [Float], _ deviations: [Float]) {
    self.means = means
    self.deviations = deviations
  }

  /// That of SVHN in the training script of arXiv 2402.06211 (`Scripts/train.py` of the authors'
  /// repository).
  public static let svhn = Normalisation(
    known: [0.4376821, 0.4437697, 0.47280442], [0.19803012, 0.20101562, 0.19703614])

  /// Measures the values of samples as an encoder frames them, before augmentation and coding.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - samples: which of its samples.
  ///   - encoder: resizes images and frames events.
  ///   - timeSteps: number of steps.
  /// - Returns: means and standard deviations (of the population) over samples, steps and pixels; a
  ///   channel that is everywhere the same has the deviation 1.
  /// - Throws: ``DatasetError`` if there is no sample or one cannot be read.
  public static func measured(
    _ data: some LabelledSamples, samples: [Int], encoder: InputEncoder, timeSteps: Int
  ) throws(DatasetError) -> Normalisation {
    guard !samples.isEmpty else {
      throw DatasetError(
        .invalidRequest, "there is no sample to measure", remedy: "give at least one sample")
    }
    _ = try encoder.frame(of: data, timeSteps: timeSteps)
    var sums: [Double] = []
    var squares: [Double] = []
    var count = 0
    for sample in samples {
      let frames = try encoder.frames(data, sample: sample, timeSteps: timeSteps)
      let channels = frames.shape.channels
      if sums.isEmpty {
        sums = [Double](repeating: 0, count: channels)
        squares = sums
      }
      for plane in 0..<(frames.count * channels) {
        var sum = 0.0
        var square = 0.0
        for value in frames.values[(plane * frames.shape.pixels)...].prefix(frames.shape.pixels) {
          sum += Double(value)
          square += Double(value) * Double(value)
        }
        sums[plane % channels] += sum
        squares[plane % channels] += square
      }
      count += frames.count * frames.shape.pixels
    }
    let means = sums.map { $0 / Double(count) }
    let deviations = zip(squares, means).map { square, mean in
      max(0, square / Double(count) - mean * mean).squareRoot()
    }
    return try Normalisation(
      means: means.map(Float.init),
      deviations: deviations.map { $0 > 0 ? Float($0) : 1 })
  }

  /// The normalisation as logs name it.
  public var name: String { "normalise=\(means)/\(deviations)" }
}
