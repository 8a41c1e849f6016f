import SeededRandom

/// How the values of an image become what a network reads at every time step.
public enum ValueCoding: Hashable, Codable, Sendable {
  /// The values themselves, the same at every step.
  case direct
  /// Bernoulli spikes: at every step a value spikes with the probability `gain * value`, clamped to
  /// 0 ... 1, independently of all others (snnTorch `spikegen.rate`).
  case rate(gain: Float)

  /// Encodes one image.
  ///
  /// - Parameters:
  ///   - image: values in 0 ... 1, any number of them.
  ///   - timeSteps: number of steps.
  ///   - stream: of the random numbers; not used by direct coding.
  /// - Returns: `[time step][value]`.
  public func encode(
    _ image: [Float], timeSteps: Int, stream: inout RandomStream
  ) -> [Float] {
    switch self {
    case .direct:
      return Array(repeatElement(image, count: timeSteps).joined())
    case .rate(let gain):
      var result: [Float] = []
      result.reserveCapacity(timeSteps * image.count)
      for _ in 0..<timeSteps {
        for value in image {
          result.append(stream.nextUnit() < min(max(gain * value, 0), 1) ? 1 : 0)
        }
      }
      return result
    }
  }

  /// The coding as logs name it: `rate gain=1.0`.
  public var name: String {
    switch self {
    case .direct: "direct"
    case .rate(let gain): "rate gain=\(gain)"
    }
  }
}
