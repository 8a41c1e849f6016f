/// The spikes of one layer boundary of one sample, one bit a neuron and time step.
///
/// There are `timeSteps` planes of `neurons` bits, each padded to whole 64-bit words: neuron n of
/// step t is bit n % 64 of word t * wordsPerPlane + n / 64. Padding bits are always zero.
///
/// ```swift
/// var planes = SpikePlanes(timeSteps: 10, neurons: 64)
/// planes[timeStep: 3, neuron: 17] = true
/// planes.spikeCount(timeStep: 3)  // 1
/// ```
///
/// Indices outside the planes are programming errors and stop the program, as an array's do.
public struct SpikePlanes: Hashable, Sendable {
  /// Planes, one a simulated time step.
  public let timeSteps: Int
  /// Bits of a plane.
  public let neurons: Int
  /// Words of a plane.
  public let wordsPerPlane: Int
  /// The bits, plane after plane.
  public private(set) var words: [UInt64]

  /// Creates silent planes.
  ///
  /// - Precondition: neither number is negative.
  public init(timeSteps: Int, neurons: Int) {
    precondition(timeSteps >= 0 && neurons >= 0, "planes cannot have a negative extent")
    self.timeSteps = timeSteps
    self.neurons = neurons
    wordsPerPlane = neurons / 64 + (neurons % 64 == 0 ? 0 : 1)
    words = [UInt64](repeating: 0, count: timeSteps * wordsPerPlane)
  }

  /// Creates planes of packed bits.
  ///
  /// - Throws: ``TraceError`` `invalidSample` if the number of words is wrong or a padding bit is set.
  public init(timeSteps: Int, neurons: Int, words: [UInt64]) throws(TraceError) {
    guard timeSteps >= 0, neurons >= 0 else {
      throw TraceError(
        .invalidSample, "spike planes of \(timeSteps) steps x \(neurons) neurons cannot be")
    }
    self.timeSteps = timeSteps
    self.neurons = neurons
    wordsPerPlane = neurons / 64 + (neurons % 64 == 0 ? 0 : 1)
    let (expected, overflow) = timeSteps.multipliedReportingOverflow(by: wordsPerPlane)
    guard !overflow, words.count == expected else {
      throw TraceError(
        .invalidSample,
        "\(timeSteps) steps x \(neurons) neurons need \(wordsPerPlane) words a step, "
          + "but \(words.count) words in all were given")
    }
    self.words = words
    guard !clearPadding() else {
      throw TraceError(
        .invalidSample,
        "bits beyond neuron \(neurons - 1) are set; the padding of a plane must be zero")
    }
  }

  /// Whether a neuron spiked in a time step.
  public subscript(timeStep timeStep: Int, neuron neuron: Int) -> Bool {
    get {
      checkIndices(timeStep, neuron)
      return words[timeStep * wordsPerPlane + neuron >> 6] >> UInt64(neuron & 63) & 1 == 1
    }
    set {
      checkIndices(timeStep, neuron)
      let bit = UInt64(1) << UInt64(neuron & 63)
      if newValue {
        words[timeStep * wordsPerPlane + neuron >> 6] |= bit
      } else {
        words[timeStep * wordsPerPlane + neuron >> 6] &= ~bit
      }
    }
  }

  /// Calls a closure with the words; the pointer must not leave it.
  public func withUnsafeWords<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt64>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try words.withUnsafeBufferPointer(body)
  }

  /// Calls a closure with the words to change; the pointer must not leave it.
  ///
  /// Padding bits that the closure sets are cleared afterwards.
  public mutating func withUnsafeMutableWords<Result, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<UInt64>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { clearPadding() }
    return try words.withUnsafeMutableBufferPointer { buffer throws(Failure) in
      try body(buffer)
    }
  }

  /// Calls a closure that promises to call ``clearPadding()`` itself.
  mutating func withRawWords<Result>(
    _ body: (UnsafeMutableBufferPointer<UInt64>) -> Result
  ) -> Result {
    words.withUnsafeMutableBufferPointer { body($0) }
  }

  /// Silences every neuron.
  public mutating func removeAllSpikes() {
    words.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  private func checkIndices(_ timeStep: Int, _ neuron: Int) {
    precondition(0..<timeSteps ~= timeStep, "time step out of range")
    precondition(0..<neurons ~= neuron, "neuron out of range")
  }

  /// Clears padding bits; true if any was set.
  @discardableResult
  package mutating func clearPadding() -> Bool {
    let used = UInt64(neurons & 63)
    guard used != 0 else { return false }
    let mask = (UInt64(1) << used) &- 1
    var stray: UInt64 = 0
    var index = wordsPerPlane - 1
    while index < words.count {
      stray |= words[index] & ~mask
      words[index] &= mask
      index += wordsPerPlane
    }
    return stray != 0
  }
}
