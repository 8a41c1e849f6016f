import Accelerator
import SpikeTraces

/// Power and energy of an accelerator that works off images: the result of `lockstep power`, and its
/// JSON.
///
/// `docs/Power.md` explains every field. All energies are of a mean image of the replay.
public struct PowerReport: Hashable, Codable, Sendable {
  /// The version of the JSON format that this software writes.
  public static let currentSchema = 2

  /// A layer's part.
  public struct Layer: Hashable, Codable, Sendable {
    /// The layer's name.
    public var name: String
    /// Seconds that it adds to the latency.
    public var seconds: Double
    /// The energy of an image that its own events take, J: without static power and without the clocks of
    /// the time in which it is not active.
    public var energy: Estimate
    /// The mean power of the whole accelerator while the layer works, W.
    public var power: Estimate
    /// What it consists of.
    public var contributions: [EnergyFigures.Contribution]
  }

  /// The version of this report's JSON format.
  public var schemaVersion: Int
  /// The version of the software that made the report.
  public var softwareVersion: String
  /// What the accelerator is called.
  public var hardware: String
  /// The network's name.
  public var network: String
  /// The data set that the images come from.
  public var dataSet: String
  /// The network's input; nil if the replay is of an older version.
  public var input: LayerShape?
  /// The device.
  public var device: Device
  /// The technology of its power coefficients.
  public var technology: String
  /// The coefficients, at the supply that they were used at.
  public var coefficients: [PowerCoefficient]
  /// How the device is run.
  public var operatingPoint: OperatingPoint
  /// The supply of the logic, V.
  public var voltage: Double
  /// The clock, Hz; layers may have others.
  public var clockHertz: Double
  /// Images that the counts are means of.
  public var samples: Int
  /// The mean latency of an image, s.
  public var latencySeconds: Double
  /// Images a second, one after the other.
  public var framesPerSecond: Double
  /// Additions of weights to potentials an image, and products of a dense core.
  public var synapticOperations: Double
  /// As published results are made: resources times clock times coefficient, times the latency.
  public var vectorless: EnergyFigures
  /// From the counts of the simulation; nil if the replay has none.
  public var activity: EnergyFigures?
  /// The layers' parts of the activity-based estimate, from the input to the output, which is power over
  /// time where they work one after another; empty without counts.
  public var layers: [Layer]
  /// What a reader must know before believing the numbers, a sentence each.
  public var notes: [String]

  /// Estimates power and energy.
  ///
  /// - Parameters:
  ///   - replay: what the accelerator did.
  ///   - resources: what it is built of.
  ///   - design: how.
  ///   - device: what it is built on.
  ///   - coefficients: of the device's technology, at the voltage of the set.
  ///   - point: how it is run.
  public init(
    _ replay: ReplayReport, resources: ResourceReport, design: HardwareDesign, device: Device,
    coefficients: CoefficientSet, at point: OperatingPoint = .published
  ) {
    let set = coefficients.scaled(to: point, of: device)
    let latency = replay.latencySeconds.mean / point.frequencyScale
    let activities = LayerActivity.layers(
      of: replay, resources, design, scale: point.frequencyScale)
    let staticPower = device.staticPower * point.staticScale(from: device.voltage)
    let statics = EnergyFigures.Contribution(
      name: "static", component: .leakage, count: latency, unit: "s", energy: staticPower * latency,
      source: device.staticSource)
    let operations = activities.reduce(0) { $0 + $1.events.additions + $1.events.products }

    schemaVersion = Self.currentSchema
    softwareVersion = SoftwareVersion.current
    hardware = replay.hardware.name
    network = replay.trace.network
    dataSet = replay.trace.dataSet
    input = replay.trace.input
    self.device = device
    technology = coefficients.technology
    self.coefficients = set.coefficients
    operatingPoint = point
    voltage = point.voltage ?? device.voltage
    clockHertz = replay.hardware.clockHertz * point.frequencyScale
    samples = replay.trace.samples
    latencySeconds = latency
    framesPerSecond = latency > 0 ? 1 / latency : 0
    synapticOperations = operations
    vectorless = EnergyFigures(
      contributions: [statics]
        + VectorlessEnergy(coefficients: set).contributions(
          activities, input: resources.layers.first { $0.processingElements == 0 },
          latency: latency), staticPower: staticPower, latency: latency,
      synapticOperations: operations)
    layers = []
    notes = [
      """
      absolute power is uncertain by some 40 %: coefficients come from one routed report and from \
      assumptions; ratios between runs on the same accelerator are as good as their cycles. 'lockstep \
      power calibrate' replaces coefficients by those of your own reports
      """
    ]
    guard replay.engine != .closed else {
      notes.append(
        """
        the replay was made with --engine closed, which counts no memory accesses: there is no \
        activity-based estimate
        """)
      return
    }
    let energy = ActivityEnergy(coefficients: set, gatesClocks: point.gatesClocks)
    let parts = activities.map { energy.contributions(of: $0) }
    activity = EnergyFigures(
      contributions: [statics] + Self.merged(parts), staticPower: staticPower, latency: latency,
      synapticOperations: operations)
    layers = Self.layers(
      activities, parts, statics: statics.energy, latency: latency,
      overlap: replay.layersOverlap)
  }

  /// Contributions of the same name added up over layers, in the order in which they first appear.
  private static func merged(
    _ layers: [[EnergyFigures.Contribution]]
  ) -> [EnergyFigures.Contribution] {
    var sums: [EnergyFigures.Contribution] = []
    for part in layers.joined() {
      if let index = sums.firstIndex(where: { $0.name == part.name }) {
        sums[index].count += part.count
        sums[index].energy += part.energy
        if !sums[index].source.contains(part.source) { sums[index].source += "; " + part.source }
      } else {
        sums.append(part)
      }
    }
    return sums
  }

  private static let idleClock = ActivityEvent.idleClock.rawValue

  private static func layers(
    _ activities: [LayerActivity], _ parts: [[EnergyFigures.Contribution]], statics: Estimate,
    latency: Double, overlap: Bool
  ) -> [Layer] {
    let idle = parts.joined().filter { $0.name == idleClock }.reduce(Estimate.zero) {
      $0 + $1.energy
    }
    let background = latency > 0 ? (statics + idle) / latency : .zero
    let own = parts.map { parts in
      parts.filter { $0.name != idleClock }.reduce(Estimate.zero) { $0 + $1.energy }
    }
    let all = own.reduce(.zero, +)
    return zip(activities, zip(parts, own)).map { activity, pair in
      var power = background
      // Layers that work at once share one power; others have that of the layer at work.
      let (energy, seconds) = overlap ? (all, latency) : (pair.1, activity.seconds)
      if seconds > 0 { power += energy / seconds }
      return Layer(
        name: activity.name, seconds: activity.seconds, energy: pair.1, power: power,
        contributions: pair.0.filter { $0.name != idleClock })
    }
  }
}

extension CoefficientSet {
  /// The energies at another voltage.
  package func scaled(to point: OperatingPoint, of device: Device) -> CoefficientSet {
    let voltage = point.voltage ?? device.voltage
    let ratio = voltage / self.voltage
    var scaled = self
    scaled.voltage = voltage
    for index in scaled.coefficients.indices {
      scaled.coefficients[index].energy = scaled.coefficients[index].energy * (ratio * ratio)
    }
    return scaled
  }
}
