import SeededRandom

/// Which outputs of one sample are dropped while a network learns: the same for the same seed, epoch
/// and sample, whatever thread asks.
package struct DropoutMask: Sendable {
  package var seed: UInt64
  package var epoch: Int
  package var sample: Int

  package init(seed: UInt64, epoch: Int, sample: Int) {
    self.seed = seed
    self.epoch = epoch
    self.sample = sample
  }

  /// `output = input / (1 - rate)` where the output is kept, 0 where it is dropped.
  package func apply(
    rate: Float, layer: Int, count: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    var stream = RandomStream(
      seed: seed, path: RandomPurpose.dropout.rawValue, UInt64(layer), UInt64(epoch),
      UInt64(sample))
    let growth = 1 / (1 - rate)
    for index in 0..<count {
      output[index] = stream.nextUnit() < rate ? 0 : growth * input[index]
    }
  }
}
