/// What random numbers are drawn for: the first step of a ``RandomStream``'s path.
public enum RandomPurpose: UInt64, Sendable {
  /// The initial weights; followed by the layer.
  case weights = 1
  /// The order of the samples; followed by the epoch.
  case sampleOrder = 2
  /// The spikes of a training sample; followed by the epoch and the sample.
  case trainingSpikes = 3
  /// The spikes of a sample that is evaluated or recorded; followed by the sample.
  case recordedSpikes = 4
  /// The division of a data set into parts; followed by the class.
  case split = 5
  /// When samples arrive at an accelerator.
  case arrivals = 6
  /// How a training sample is augmented; followed by the epoch and the sample.
  case augmentation = 7
  /// The points of a sweep; followed by a digest of the option's name and the draw.
  case sweepPoint = 8
  /// What dropout sets to zero; followed by the layer, the epoch and the sample.
  case dropout = 16
}
