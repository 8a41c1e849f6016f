/// A layer that works off one spike train after another.
public struct SpikeTrainGeometry: Hashable, Sendable {
  /// Inputs, bits of a spike train.
  public var inputs: Int
  /// Logical neurons.
  public var neurons: Int
  /// Hardware units that work in lock-step, each for its share of the neurons.
  public var processingElements: Int
  /// Entries of the spike address list (SPARSE).
  public var listCapacity: Int
  /// Cycles that the controller allows a unit for one spike and one neuron (LAT).
  ///
  /// A unit takes ``unitAccumulateCycles`` whatever this says.
  public var accumulateLatency: Int

  /// Creates a geometry; see ``validate()`` for what is allowed.
  public init(
    inputs: Int, neurons: Int, processingElements: Int, listCapacity: Int, accumulateLatency: Int
  ) {
    self.inputs = inputs
    self.neurons = neurons
    self.processingElements = processingElements
    self.listCapacity = listCapacity
    self.accumulateLatency = accumulateLatency
  }

  /// Cycles in which a unit accumulates once: address, read, add.
  public static let unitAccumulateCycles: UInt64 = 3

  /// Neurons that a unit serves one after another: ceil(neurons / units).
  public var neuronsPerUnit: Int { ceilingDivision(neurons, processingElements) }

  /// The part of a train's spike count that the spike counter of clog2(SPARSE) bits can hold.
  ///
  /// A count whose low bits are all zero never ends: the layer accumulates for ever.
  var spikeCounterMask: UInt32 {
    let bits = ceilingLogarithm(listCapacity)
    // For a capacity of 1 the declaration [clog2-1:0] is the two-bit vector [-1:0].
    return UInt32(1) << UInt32(bits == 0 ? 2 : bits) - 1
  }

  /// Why a train never ends, as recordings are told.
  var hangReason: String {
    "a spike count whose lowest \(spikeCounterMask.nonzeroBitCount) bits are zero "
      + "counts as no spikes at all, and the accumulation waits for a last one for ever"
  }

  /// Checks every parameter for what no hardware can have.
  ///
  /// - Throws: ``ConfigurationError`` that names the parameter.
  public func validate() throws(ConfigurationError) {
    for (name, value) in [
      ("inputs", inputs), ("neurons", neurons), ("processingElements", processingElements),
      ("listCapacity", listCapacity), ("accumulateLatency", accumulateLatency),
    ] {
      guard 1...LayerGeometry.largestParameter ~= value else {
        throw ConfigurationError(
          parameter: name,
          message: "\(name) is \(value); it must be from 1 to \(LayerGeometry.largestParameter)")
      }
    }
    guard processingElements <= neurons else {
      throw ConfigurationError(
        parameter: "processingElements",
        message:
          "processingElements is \(processingElements) for \(neurons) neurons; give each unit "
          + "a neuron at least")
    }
  }
}
