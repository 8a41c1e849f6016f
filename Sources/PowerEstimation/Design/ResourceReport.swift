import Accelerator
import SpikeTraces

/// What an accelerator needs of an FPGA: the result of `lockstep resources`, and its JSON.
///
/// `docs/Resources.md` explains every field. Counts are what Yosys makes of the functional machine;
/// bounds are what a vendor's tool is expected to report.
public struct ResourceReport: Hashable, Codable, Sendable {
  /// The version of the JSON format that this software writes.
  public static let currentSchema = 1

  /// What a layer needs.
  public struct Layer: Hashable, Codable, Sendable {
    /// The layer's name; `input` is the spike RAM in front of the first layer.
    public var name: String
    /// Processing elements; 0 for the input.
    public var processingElements: Int
    /// What it is built of.
    public var components: [ComponentResources]
    /// All components together.
    public var total: ResourceEstimate

    /// Creates a layer and adds up its components.
    public init(name: String, processingElements: Int, components: [ComponentResources]) {
      self.name = name
      self.processingElements = processingElements
      self.components = components
      total = components.reduce(.zero) { $0 + $1.resources }
    }
  }

  /// The version of this report's JSON format.
  public var schemaVersion: Int
  /// The version of the software that made the report.
  public var softwareVersion: String
  /// What the accelerator is called.
  public var hardware: String
  /// The generation of the published hardware.
  public var platform: HardwarePlatform
  /// The network's name.
  public var network: String
  /// What was assumed beside the hardware file.
  public var options: ResourceOptions
  /// The layers, from the input to the output.
  public var layers: [Layer]
  /// Everything.
  public var total: ResourceEstimate
  /// Whether it fits a device, if one was named.
  public var device: DeviceFit?
  /// Known devices that it is expected to fit, upper bounds aside.
  public var fittingDevices: [String]
  /// What a reader must know before believing the numbers, a sentence each.
  public var notes: [String]

  /// Estimates what a design needs.
  ///
  /// - Parameters:
  ///   - design: the accelerator.
  ///   - name: what it is called.
  ///   - network: the network's name.
  ///   - options: what the hardware file does not say; memories are overruled by the device's.
  ///   - device: the device to fit it to, if any.
  ///   - library: further devices to try.
  public init(
    _ design: HardwareDesign, name: String, network: String, options: ResourceOptions,
    device: Device? = nil, library: [Device] = []
  ) {
    let options = device.map(options.adapted) ?? options
    schemaVersion = Self.currentSchema
    softwareVersion = SoftwareVersion.current
    hardware = name
    platform = design.platform
    self.network = network
    self.options = options
    let layers = design.estimate(options, scale: device?.resourceScale ?? [:])
    let total = layers.reduce(.zero) { $0 + $1.total }
    self.layers = layers
    self.total = total
    self.device = device.map { DeviceFit(design, options: options, total: total, on: $0) }
    fittingDevices = library.filter { candidate in
      let total = design.estimate(
        options.adapted(to: candidate), scale: candidate.resourceScale
      ).reduce(.zero) { $0 + $1.total }
      return candidate.capacity.holds(DeviceCapacity(total.value))
    }.map(\.name)
    notes = design.notes
  }
}

extension HardwareDesign {
  /// What every layer needs, the input's spike RAM first.
  ///
  /// - Parameters:
  ///   - options: what the hardware file does not say.
  ///   - scale: by what the counts of a resource are multiplied, from a calibration.
  /// - Returns: a row a layer.
  package func estimate(
    _ options: ResourceOptions, scale: [Resource: Double] = [:]
  ) -> [ResourceReport.Layer] {
    let parts = LayerComponents(design: self, options: options)
    var rows: [ResourceReport.Layer] = []
    func append(_ name: String, _ elements: Int, _ components: [ComponentResources]) {
      let scaled = components.map { component in
        var component = component
        for (resource, factor) in scale {
          component.resources[resource] = component.resources[resource] * factor
        }
        return component
      }
      rows.append(
        ResourceReport.Layer(name: name, processingElements: elements, components: scaled))
    }
    if let inputSpikes { append("input", 0, [parts.spikeMemory("input spikes", inputSpikes)]) }
    for layer in layers {
      append(layer.name, layer.structure.processingElements, parts.components(of: layer))
    }
    return rows
  }

  /// What a reader of the numbers must know.
  var notes: [String] {
    var notes = [
      """
      counts are those of Yosys 0.70 (synth_xilinx -family xcup) for the functional machine; the bounds \
      say what a vendor's tool is expected to make of it (LUT -30 % to +15 %, FF +-5 %, BRAM +-10 %: our \
      judgement), widened by each formula's typical error
      """
    ]
    if layers.contains(where: \.structure.isSpikeTrain) {
      notes.append(
        """
        nothing of fc-2023 was synthesised and its paper's table of resources was not at hand: the \
        numbers are put together from parts of conv-2023 and may be off by a factor of 2
        """)
    }
    if layers.contains(where: \.structure.isDense) {
      notes.append(
        """
        the dense core was put together from parts: its array and a threshold unit of up to 64 pixels \
        were synthesised, its delay lines and image ports counted from their bits
        """)
    }
    let hasFullyConnected = layers.contains { layer in
      if case .fullyConnected = layer.structure { true } else { false }
    }
    if platform == .hybrid2024, hasFullyConnected {
      notes.append(
        """
        the lists of fully connected layers hold all inputs, as they are simulated; the published \
        synthesis folders have room for a quarter, and so a quarter of these flip-flops
        """)
    }
    return notes
  }
}

extension HardwareDesign.Structure {
  /// Processing elements.
  public var processingElements: Int {
    switch self {
    case .convolution(let layer, _): layer.processingElements * layer.options.eventControllers
    case .fullyConnected(let layer): layer.processingElements
    case .dense(let layer): DenseCost(geometry: layer).elements
    case .spikeTrain(_, _, let units, _): units
    }
  }

  var isSpikeTrain: Bool { if case .spikeTrain = self { true } else { false } }

  var isDense: Bool { if case .dense = self { true } else { false } }
}
