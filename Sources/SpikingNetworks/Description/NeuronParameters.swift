/// The neurons of one layer: model, firing threshold and reset.
public struct NeuronParameters: Hashable, Codable, Sendable {
  /// What a spike does to the membrane.
  public enum Reset: String, Hashable, Codable, Sendable, CaseIterable {
    /// Subtracts the threshold.
    case subtract
    /// Sets the membrane to zero: the leaky neuron keeps the new input, the others lose it.
    case zero
    /// Multiplies the membrane of the step before by 1 - s and keeps the new input: the reset of
    /// sharpness-aware surrogate training, where s may be a smooth spike.
    case multiplicative
    /// Nothing.
    case none
  }

  /// When a spike resets.
  public enum ResetTiming: String, Hashable, Codable, Sendable, CaseIterable {
    /// One step later (snnTorch's `reset_delay=True`).
    case delayed
    /// In the step of the spike (snnTorch's `reset_delay=False`).
    case immediate
  }

  /// The model and its constants.
  public var model: NeuronModel
  /// Firing threshold (theta): the neuron spikes where its membrane is strictly above it.
  public var threshold: Float
  /// What a spike does to the membrane.
  public var reset: Reset
  /// When it does it.
  public var resetTiming: ResetTiming
  /// Whether gradients flow through the spike that resets, too.
  public var resetCarriesGradient: Bool
  /// Whether the decay (beta) is learned, one for the whole layer.
  public var learnsDecay: Bool
  /// Whether the threshold (theta) is learned, one for the whole layer.
  public var learnsThreshold: Bool

  /// Creates parameters; the defaults are snnTorch's.
  public init(
    model: NeuronModel, threshold: Float = 1, reset: Reset = .subtract,
    resetTiming: ResetTiming = .delayed, resetCarriesGradient: Bool = false,
    learnsDecay: Bool = false, learnsThreshold: Bool = false
  ) {
    self.model = model
    self.threshold = threshold
    self.reset = reset
    self.resetTiming = resetTiming
    self.resetCarriesGradient = resetCarriesGradient
    self.learnsDecay = learnsDecay
    self.learnsThreshold = learnsThreshold
  }

  /// Reads parameters; what older files do not have takes its default.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      model: try values.decode(NeuronModel.self, forKey: .model),
      threshold: try values.decode(Float.self, forKey: .threshold),
      reset: try values.decode(Reset.self, forKey: .reset),
      resetTiming: try values.decodeIfPresent(ResetTiming.self, forKey: .resetTiming) ?? .delayed,
      resetCarriesGradient: try values.decodeIfPresent(Bool.self, forKey: .resetCarriesGradient)
        ?? false,
      learnsDecay: try values.decodeIfPresent(Bool.self, forKey: .learnsDecay) ?? false,
      learnsThreshold: try values.decodeIfPresent(Bool.self, forKey: .learnsThreshold) ?? false)
  }

  /// A leaky integrate-and-fire neuron.
  public static func leaky(
    beta: Float, threshold: Float = 1, reset: Reset = .subtract
  ) -> NeuronParameters {
    NeuronParameters(model: .leaky(beta: beta), threshold: threshold, reset: reset)
  }
}
