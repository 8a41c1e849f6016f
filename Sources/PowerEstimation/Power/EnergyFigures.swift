/// Power and energy of one image, in the figures that papers compare.
public struct EnergyFigures: Hashable, Codable, Sendable {
  /// What one coefficient adds.
  public struct Contribution: Hashable, Codable, Sendable {
    /// What takes the energy.
    public var name: String
    /// What the energy goes into.
    public var component: EnergyComponent
    /// How much of it there is, in ``unit``.
    public var count: Double
    /// What is counted: `LUT and cycle`, `J a second`.
    public var unit: String
    /// The energy of one image, J.
    public var energy: Estimate
    /// Where the coefficient comes from.
    public var source: String
  }

  /// The mean power while images are worked off one after another, W.
  public var power: Estimate
  /// The part of it that flows while nothing moves, W.
  public var staticPower: Estimate
  /// The energy of an image, J.
  public var energyPerImage: Estimate
  /// Images a second and watt (FPS/W), which is images a joule.
  public var imagesPerJoule: Estimate
  /// The energy of a synaptic operation, J; nil if there were none.
  ///
  /// That of an image, divided by its additions of weights.
  public var energyPerSynapticOperation: Estimate?
  /// The energy of an image times its latency, J s.
  public var energyDelayProduct: Estimate
  /// What each coefficient adds; the energies add up to that of an image.
  public var contributions: [Contribution]

  init(
    contributions: [Contribution], staticPower: Estimate, latency: Double,
    synapticOperations: Double
  ) {
    let energy = contributions.reduce(Estimate.zero) { $0 + $1.energy }
    self.contributions = contributions
    self.staticPower = staticPower
    energyPerImage = energy
    power = latency > 0 ? energy / latency : .zero
    imagesPerJoule = energy.low > 0 ? 1 / energy : .zero
    energyPerSynapticOperation = synapticOperations > 0 ? energy / synapticOperations : nil
    energyDelayProduct = energy * latency
  }

  /// A contribution's part of the energy of an image, 0...1.
  public func share(of contribution: Contribution) -> Double {
    energyPerImage.value == 0 ? 0 : contribution.energy.value / energyPerImage.value
  }

  /// A contribution's part of the distance between the bounds, 0...1: which coefficient to measure first.
  public func shareOfUncertainty(of contribution: Contribution) -> Double {
    let whole = energyPerImage.high - energyPerImage.low
    return whole == 0 ? 0 : (contribution.energy.high - contribution.energy.low) / whole
  }
}
