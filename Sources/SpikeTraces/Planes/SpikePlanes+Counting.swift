extension SpikePlanes {
  /// Spikes of all neurons in all time steps.
  public var spikeCount: Int {
    words.withUnsafeBufferPointer { countBits($0) }
  }

  /// Spikes of one time step.
  public func spikeCount(timeStep: Int) -> Int {
    precondition(0..<timeSteps ~= timeStep, "time step out of range")
    return words.withUnsafeBufferPointer { words in
      countBits(UnsafeBufferPointer(rebasing: words[plane(timeStep)]))
    }
  }

  /// Spikes of some neurons in one time step.
  public func spikeCount(timeStep: Int, neurons range: Range<Int>) -> Int {
    precondition(0..<timeSteps ~= timeStep, "time step out of range")
    precondition(range.lowerBound >= 0 && range.upperBound <= neurons, "neurons out of range")
    return words.withUnsafeBufferPointer { words in
      countBits(UnsafeBufferPointer(rebasing: words[plane(timeStep)]), in: range)
    }
  }

  /// Spikes of every group of neighbouring neurons in every step: what hardware sees per channel.
  ///
  /// - Parameter groupSize: neurons of a group, usually ``LayerShape/pixels``; the last group of a
  ///   step has fewer if it does not divide `neurons`.
  /// - Returns: `counts[t * groups + g]`: spikes of step t in neurons
  ///   g * groupSize ..< (g + 1) * groupSize.
  public func groupCounts(groupSize: Int) -> [UInt32] {
    var counts: [UInt32] = []
    groupCounts(groupSize: groupSize, into: &counts)
    return counts
  }

  /// Spikes of every group of neighbouring neurons in every step, into an array that is reused.
  ///
  /// Allocates nothing if `counts` already has the right length.
  public func groupCounts(groupSize: Int, into counts: inout [UInt32]) {
    precondition(groupSize > 0, "a group needs at least one neuron")
    let groups = neurons / groupSize + (neurons % groupSize == 0 ? 0 : 1)
    if counts.count != timeSteps * groups {
      counts = [UInt32](repeating: 0, count: timeSteps * groups)
    }
    words.withUnsafeBufferPointer { words in
      counts.withUnsafeMutableBufferPointer { counts in
        for timeStep in 0..<timeSteps {
          let plane = UnsafeBufferPointer(rebasing: words[plane(timeStep)])
          for group in 0..<groups {
            let first = group * groupSize
            let range = first..<min(first + groupSize, neurons)
            counts[timeStep * groups + group] = UInt32(countBits(plane, in: range))
          }
        }
      }
    }
  }

  /// Calls a closure with the index of every neuron that spiked in a time step, in rising order.
  public func forEachSpike<Failure: Error>(
    timeStep: Int, _ body: (_ neuron: Int) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(0..<timeSteps ~= timeStep, "time step out of range")
    for index in plane(timeStep) {
      var word = words[index]
      let base = (index - timeStep * wordsPerPlane) * 64
      while word != 0 {
        try body(base + word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }

  private func plane(_ timeStep: Int) -> Range<Int> {
    timeStep * wordsPerPlane..<(timeStep + 1) * wordsPerPlane
  }
}

/// The set bits of some words; the plain loop is what the compiler turns into vector code.
package func countBits(_ words: UnsafeBufferPointer<UInt64>) -> Int {
  var count = 0
  for word in words { count &+= word.nonzeroBitCount }
  return count
}

/// The set bits of a range of bit positions.
private func countBits(_ words: UnsafeBufferPointer<UInt64>, in range: Range<Int>) -> Int {
  guard !range.isEmpty else { return 0 }
  let first = range.lowerBound >> 6
  let last = (range.upperBound &- 1) >> 6
  let lowMask = UInt64.max &<< UInt64(range.lowerBound & 63)
  let highMask = UInt64.max &>> UInt64(63 &- (range.upperBound &- 1) & 63)
  if first == last { return (words[first] & lowMask & highMask).nonzeroBitCount }
  var count = (words[first] & lowMask).nonzeroBitCount
  count &+= (words[last] & highMask).nonzeroBitCount
  return count &+ countBits(UnsafeBufferPointer(rebasing: words[first + 1..<last]))
}
