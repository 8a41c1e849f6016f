import Datasets

/// Which samples of a data set serve which purpose.
///
/// Weights are learned on `training`; the best epoch is chosen on `validation`; `test` is looked at
/// once, at the end. Presets that follow a source which chooses on its test samples have those in
/// `validation` too: their test accuracy is optimistic, and `lockstep train` says so.
public struct DataParts: Hashable, Sendable {
  /// Samples that weights are learned on.
  public var training: [Int]
  /// Samples that choose the best epoch.
  public var validation: [Int]
  /// Samples that tell how good the result is.
  public var test: [Int]

  /// Creates parts from lists of samples.
  public init(training: [Int], validation: [Int], test: [Int]) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Divides a data set, with the same mixture of classes in every part.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - testCount: samples held out for the test.
  ///   - validationCount: samples taken from the rest to choose the best epoch.
  /// - Throws: ``DatasetError`` (`invalidRequest`) if the set is too small.
  public init(
    dividing data: some LabelledSamples, testCount: Int, validationCount: Int
  ) throws(DatasetError) {
    let outer = try StratifiedSplit(
      Array(0..<data.count), labels: data.labels, holdingOut: testCount, seed: Self.splitSeed)
    let inner = try StratifiedSplit(
      outer.remaining, labels: data.labels, holdingOut: validationCount, seed: Self.splitSeed + 1)
    self.init(training: inner.remaining, validation: inner.heldOut, test: outer.heldOut)
  }

  /// Training and validation samples together, in ascending order: all that shape the result.
  ///
  /// With ``init(dividing:testCount:validationCount:)`` these are all but the test. Where the test
  /// samples choose the best epoch they are among them; ask for ``training`` alone then.
  public var learning: [Int] { (training + validation).sorted() }

  /// Fixed, so that results of different seeds and settings stay comparable.
  private static let splitSeed: UInt64 = 1797
}
