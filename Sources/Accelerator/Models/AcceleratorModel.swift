import EventSimulation
import SpikeTraces

/// An accelerator fitted to a network: everything its cycles depend on but the spikes.
///
/// A platform is a type of this kind, a configuration of it a value. Two engines compute what a
/// sample costs, the event simulation and the closed form; they share no code, and agree to the
/// cycle.
///
/// ```swift
/// let model = Conv2023(layers: layers)
/// try model.check()
/// let simulator = try model.simulator()
/// let sample = try simulator.replay(counts: counts)
/// assert(try model.closedForm(counts: counts).latency == sample.latency)
/// ```
public protocol AcceleratorModel: Hashable, Sendable {
  /// The platform's quirks.
  associatedtype Quirk: PlatformQuirk

  /// What the platform is called in files and on the command line.
  static var platform: HardwarePlatform { get }

  /// What the platform consists of, from the declarations that the code runs on.
  static var description: PlatformDescription { get }

  /// Whether the layers work on a sample at the same time; else one after the other.
  static var layersOverlap: Bool { get }

  /// The keys of an entry under `layers` of a hardware file.
  static var layerParameters: [HardwareParameter] { get }

  /// Fits a hardware file of this platform to the network of a trace.
  ///
  /// - Parameters:
  ///   - file: the hardware file.
  ///   - header: the trace's header: shapes, operations, time steps, coding.
  ///   - trace: the trace's path, for messages.
  /// - Returns: the parameters of every layer, with defaults filled in.
  /// - Throws: ``HardwareError`` if the two do not fit, with what to change.
  static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware

  /// Which quirks of the published hardware are present; those that are not are repaired.
  var quirks: Set<Quirk> { get set }

  /// Spike counts that each layer takes for a sample: see ``SampleSimulator/load(counts:)``.
  var frameCounts: [Int] { get }

  /// Checks that the accelerator can be simulated, and that it finishes.
  ///
  /// - Throws: ``ConfigurationError`` naming the first parameter that no hardware can have, or with
  ///   which this one never finishes, and the remedy.
  func check() throws(ConfigurationError)

  /// What the hardware does wrong with this configuration, known before anything is run.
  var hazards: [Hazard] { get }

  /// The engines of a layer, in the order of ``LayerReplay/stateCycles``.
  ///
  /// - Parameter layer: the layer's position.
  /// - Returns: names and states.
  func engines(ofLayer layer: Int) -> [EngineDescription]

  /// Builds the event simulation.
  ///
  /// - Parameters:
  ///   - probe: makes the observer, given the netlist.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Returns: a simulation, for one thread.
  /// - Throws: what ``check()`` throws.
  func simulator<Probe: KernelProbe>(
    probe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) -> any SampleSimulator<Probe>

  /// What a sample costs, in closed form.
  ///
  /// - Parameter counts: as ``SampleSimulator/load(counts:)`` takes them.
  /// - Returns: cycles and counts.
  /// - Throws: ``ConfigurationError`` if the hardware never finishes this sample.
  func closedForm(counts: [[UInt32]]) throws(ConfigurationError) -> ClosedFormSample

  /// What one layer costs for a sample, in closed form, if that depends on nothing but the layer.
  ///
  /// Where layers work one after another it does: the latency of a sample is the sum over its layers.
  ///
  /// - Parameters:
  ///   - layer: the layer's position.
  ///   - counts: spikes of every frame that the layer reads.
  /// - Returns: cycles and counts; nil if the layers of the platform work at the same time.
  /// - Throws: ``ConfigurationError`` if the hardware never finishes this sample.
  func closedForm(
    ofLayer layer: Int, counts: [UInt32]
  ) throws(ConfigurationError) -> ClosedFormLayer?
}

extension AcceleratorModel {
  /// One after the other.
  public static var layersOverlap: Bool { false }

  /// That of the sample if the accelerator is a single layer, else unknown.
  public func closedForm(
    ofLayer layer: Int, counts: [UInt32]
  ) throws(ConfigurationError) -> ClosedFormLayer? {
    guard layerCount == 1, !Self.layersOverlap else { return nil }
    return try closedForm(counts: [counts]).layers.first
  }

  /// The keys of platforms with address lists.
  public static var layerParameters: [HardwareParameter] { HardwareParameter.ofLayer }

  /// Layers, from the input to the output.
  public var layerCount: Int { frameCounts.count }

  /// Builds the event simulation without an observer.
  ///
  /// - Returns: a simulation, for one thread.
  /// - Throws: what ``check()`` throws.
  public func simulator() throws(ConfigurationError) -> any SampleSimulator<NoProbe> {
    try simulator(probe: { _ in NoProbe() }, order: nil)
  }

  /// Builds the event simulation with a recorder of everything that happens.
  ///
  /// - Returns: a simulation, for one thread.
  /// - Throws: what ``check()`` throws.
  public func recordingSimulator() throws(ConfigurationError)
    -> any SampleSimulator<IntervalRecorder>
  {
    try simulator(probe: { IntervalRecorder(for: $0) }, order: nil)
  }
}
