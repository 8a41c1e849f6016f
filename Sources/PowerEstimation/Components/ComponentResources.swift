/// What one component of a layer needs, all its instances together.
public struct ComponentResources: Hashable, Codable, Sendable {
  /// What the numbers rest on.
  public enum Basis: String, CaseIterable, Hashable, Codable, Sendable {
    /// A formula fitted to our syntheses of this component.
    case synthesis
    /// The exact packing of a memory's depth and width into the device's RAMs.
    case packing
    /// Put together from parts that were synthesised, or from counted bits; the whole was not.
    case assembled
    /// An assumption: nothing was synthesised.
    case assumption
  }

  /// What it is.
  public var name: String
  /// What it does, which decides when it uses power.
  public var role: ComponentRole
  /// How often it is there.
  public var instances: Int
  /// The shape of one instance's memory, if it is one.
  public var memory: MemoryShape?
  /// What the numbers rest on.
  public var basis: Basis
  /// What all instances need together.
  public var resources: ResourceEstimate

  /// Several instances of something that is computed from formulas.
  ///
  /// - Parameters:
  ///   - name: what it is.
  ///   - role: what it does.
  ///   - instances: how often it is there.
  ///   - basis: what the counts rest on.
  ///   - memory: the shape of its memory, if it is one.
  ///   - counts: what one instance needs, as Yosys counts.
  ///   - error: the relative error of the formula for look-up tables.
  init(
    _ name: String, _ role: ComponentRole, instances: Int = 1, basis: Basis,
    memory: MemoryShape? = nil, counts: ResourceCounts, error: Double = 0
  ) {
    self.name = name
    self.role = role
    self.instances = instances
    self.basis = basis
    self.memory = memory
    resources =
      SynthesisUncertainty.bounds(of: counts, basis: basis, formulaError: error)
      * Double(instances)
  }
}

/// What a component does, which decides when it uses power.
public enum ComponentRole: String, CaseIterable, Hashable, Codable, Sendable {
  /// Finds spikes and hands them out: priority encoder, lists, state machines.
  case eventController = "event controller"
  /// Accumulates and activates.
  case processingElement = "processing element"
  /// Keeps membrane potentials.
  case potentials
  /// Keeps weights.
  case weights
  /// Collects finished frames.
  case spikeWriter = "spike writer"
  /// Keeps spikes between two layers.
  case spikes
}
