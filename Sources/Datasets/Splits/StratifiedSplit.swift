import SeededRandom

/// A division of samples into two parts with the same mixture of classes.
public struct StratifiedSplit: Hashable, Sendable {
  /// The samples that stay, in ascending order.
  public let remaining: [Int]
  /// The samples that are held out, in ascending order.
  public let heldOut: [Int]

  /// Divides samples.
  ///
  /// Every class gives the part of its samples that `count` is of all, rounded down; the classes
  /// with the largest remainders give one more until `count` is reached, the first class first among
  /// equals. Which samples of a class are held out depends on the seed alone.
  ///
  /// - Parameters:
  ///   - samples: the samples to divide, as indices into `labels`.
  ///   - labels: the class of every sample.
  ///   - count: how many to hold out.
  ///   - seed: of the choice; not the seed of a training, so that all trainings share their test set.
  /// - Throws: ``DatasetError`` (`invalidRequest`) if `count` is negative or nothing would remain.
  public init(
    _ samples: [Int], labels: [Int], holdingOut count: Int, seed: UInt64
  ) throws(DatasetError) {
    guard count >= 0, count < max(1, samples.count) else {
      throw DatasetError(
        .invalidRequest, "\(count) of \(samples.count) samples cannot be held out",
        remedy: "hold out fewer")
    }
    let classes = Dictionary(grouping: samples) { labels[$0] }.sorted { $0.key < $1.key }
    var quotas = classes.map { $0.value.count * count / max(1, samples.count) }
    let remainders = classes.indices.sorted { left, right in
      let leftRemainder = classes[left].value.count * count % max(1, samples.count)
      let rightRemainder = classes[right].value.count * count % max(1, samples.count)
      return leftRemainder != rightRemainder ? leftRemainder > rightRemainder : left < right
    }
    for index in remainders.prefix(count - quotas.reduce(0, +)) { quotas[index] += 1 }
    var heldOut: [Int] = []
    var remaining: [Int] = []
    for (index, group) in classes.enumerated() {
      var shuffled = group.value
      var stream = RandomStream(
        seed: seed, path: RandomPurpose.split.rawValue, UInt64(group.key))
      stream.shuffle(&shuffled)
      heldOut += shuffled.prefix(quotas[index])
      remaining += shuffled.dropFirst(quotas[index])
    }
    self.heldOut = heldOut.sorted()
    self.remaining = remaining.sorted()
  }
}
