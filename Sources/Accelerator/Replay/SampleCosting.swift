import SpikeTraces

/// What single samples cost on an accelerator, in closed form, without a trace file.
///
/// ```swift
/// let costing = try SampleCosting(of: header, network: "digits", on: hardware)
/// let cycles = try costing.latency(of: record.boundaries)
/// ```
///
/// The cycles are those that ``TraceReplay`` reports for the same spikes, with any engine.
public struct SampleCosting: Sendable {
  private let hardware: BoundHardware

  /// Fits the hardware to a network and checks all of it.
  ///
  /// - Parameters:
  ///   - header: describes the network, as in a trace of it.
  ///   - network: how messages call where the network comes from.
  ///   - hardware: the accelerator.
  /// - Throws: ``HardwareError`` if the two do not fit each other.
  public init(
    of header: TraceHeader, network: String, on hardware: HardwareFile
  ) throws(HardwareError) {
    self.hardware = try hardware.fit(to: header, trace: network)
  }

  /// The accelerator's name.
  public var name: String { hardware.file.name }

  /// The clock's frequency in hertz.
  public var clock: Double { hardware.file.clock }

  /// What the hardware does wrong with this configuration, or may do with some spikes, a sentence
  /// each.
  public var hazards: [String] { hardware.hazards }

  /// The latency of a sample.
  ///
  /// - Parameter boundaries: the spikes at every layer boundary, the network's input first.
  /// - Returns: cycles of the hardware's clock.
  /// - Throws: ``ReplayError`` if the hardware never finishes this sample.
  public func latency(of boundaries: [SpikePlanes]) throws(ReplayError) -> UInt64 {
    var counts = hardware.layers.map { _ in [UInt32]() }
    for (index, layer) in hardware.layers.enumerated() {
      guard let group = layer.countedGroup else { continue }
      boundaries[hardware.firstLayer + index].groupCounts(groupSize: group, into: &counts[index])
    }
    do {
      return hardware.latency(of: SampleReplay(try hardware.model.closedForm(counts: counts)))
    } catch {
      throw ReplayError(error.description)
    }
  }
}
