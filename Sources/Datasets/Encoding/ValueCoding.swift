import SeededRandom

/// How the values of an image become what a network reads at every time step.
public enum ValueCoding: Hashable, Codable, Sendable {
  /// The values themselves, the same at every step.
  case direct
  /// Bernoulli spikes: at every step a value spikes with the probability `gain * value`, clamped to
  /// 0 ... 1, independently of all others (snnTorch `spikegen.rate`).
  case rate(gain: Float)
  /// One spike, the earlier the larger the value x, clamped to 0 ... 1: at step (T − 1)(1 − x),
  /// rounded, halves to even; none where x is below the threshold (snnTorch `spikegen.latency`,
  /// linear, normalised, clipped).
  case latency(threshold: Float)

  /// Encodes one image.
  ///
  /// - Parameters:
  ///   - image: any number of values.
  ///   - timeSteps: number of steps.
  ///   - stream: of the random numbers; only rate coding takes any.
  /// - Returns: `[time step][value]`.
  public func encode(
    _ image: [Float], timeSteps: Int, stream: inout RandomStream
  ) -> [Float] {
    switch self {
    case .direct: Array(repeatElement(image, count: timeSteps).joined())
    case .rate(let gain): Self.bernoulli(image, gain, timeSteps, &stream)
    case .latency(let threshold): Self.firstSpikes(image, threshold, timeSteps)
    }
  }

  private static func bernoulli(
    _ image: [Float], _ gain: Float, _ timeSteps: Int, _ stream: inout RandomStream
  ) -> [Float] {
    // A unit number is 24 random bits over 2^24, so that it is below a probability exactly where its
    // bits are below the probability times 2^24, rounded up. Both products are exact.
    let limits = image.map { value in
      UInt32((min(max(gain * value, 0), 1) * 0x1p24).rounded(.up))
    }
    return [Float](unsafeUninitializedCapacity: timeSteps * image.count) { result, count in
      var next = 0
      limits.withUnsafeBufferPointer { limits in
        for _ in 0..<timeSteps {
          for limit in limits {
            result[next] = UInt32(truncatingIfNeeded: stream.next() >> 40) < limit ? 1 : 0
            next += 1
          }
        }
      }
      count = next
    }
  }

  private static func firstSpikes(
    _ image: [Float], _ threshold: Float, _ timeSteps: Int
  ) -> [Float] {
    var result = [Float](repeating: 0, count: timeSteps * image.count)
    for (index, value) in image.enumerated() where value >= threshold {
      let step = (Float(timeSteps - 1) * (1 - min(max(value, 0), 1))).rounded(.toNearestOrEven)
      result[Int(step) * image.count + index] = 1
    }
    return result
  }

  /// The coding as logs name it: `rate gain=1.0`.
  public var name: String {
    switch self {
    case .direct: "direct"
    case .rate(let gain): "rate gain=\(gain)"
    case .latency(let threshold): "latency threshold=\(threshold)"
    }
  }
}
