import Accelerator
import Foundation
import PowerEstimation
import SpikeTraces

/// The search for the best designs of a space.
///
/// ```swift
/// let exploration = try await DesignExploration(of: space, with: trace, threads: 2)
/// let report = try exploration.report()
/// let best = try exploration.hardware(of: report.front[0], name: "best")
/// ```
///
/// Every alternative of every layer is measured once with every sample; the search then is exact.
public struct DesignExploration: Sendable {
  private let measured: MeasuredSpace
  private let trace: String

  /// Measures the alternatives of every layer.
  ///
  /// - Parameters:
  ///   - space: the designs.
  ///   - trace: the spikes that they are measured with.
  ///   - samples: which samples; all if nil.
  ///   - device: the device, instead of that of the space or of its hardware file.
  ///   - options: what else the size of the hardware depends on.
  ///   - threads: alternatives to measure at the same time.
  /// - Throws: ``ExplorationError``, or what reading hardware, device and trace throws, with the
  ///   remedy; `CancellationError` if the task is cancelled.
  public init(
    of space: DesignSpace, with trace: TraceReader, samples: Range<Int>? = nil,
    device: String? = nil, options: ResourceOptions = ResourceOptions(), threads: Int = 1
  ) async throws {
    let file = try HardwareFile(path: space.hardware)
    // Checks the samples.
    let replay = try TraceReplay(of: trace, on: file, samples: samples)
    let found = try (device ?? space.device ?? file.device).map(DeviceLibrary.device)
    let coefficients = try found.map { device in
      try DeviceLibrary.coefficients(of: device).scaled(to: .published, of: device)
    }
    self.trace = trace.path
    measured = try await SpaceMeasurement(
      space: space, file: file, trace: trace, samples: replay.samples, options: options,
      device: found, coefficients: coefficients
    ).measured(threads: threads)
    try check()
  }

  private func check() throws(ExplorationError) {
    let space = measured.space
    let asked = space.objectives + space.constraints.map(\.measure)
    if measured.device == nil, let measure = asked.first(where: \.needsDevice) {
      throw ExplorationError(
        file: space.path,
        message: "'\(measure.rawValue)' depends on the device, and none is named; add "
          + "'device: XCKU5P'")
    }
    if measured.layersOverlap, asked.contains(.lostFrames) {
      throw ExplorationError(
        file: space.path,
        message: "'lost-frames' is not known where layers work at the same time; remove it")
    }
  }

  /// All limits: those of the space, and what the device has.
  public var constraints: [DesignConstraint] {
    guard measured.space.fitsDevice, let device = measured.device else {
      return measured.space.constraints
    }
    let pools: [(DesignMeasure, DeviceCapacity.Pool)] = [
      (.tables, .tables), (.flipFlops, .flipFlops), (.blockRAMs, .blockRAMs),
      (.ultraRAMs, .ultraRAMs), (.multipliers, .multipliers),
    ]
    return measured.space.constraints
      + pools.map { DesignConstraint($0, atMost: device.capacity[$1], origin: device.name) }
  }

  /// Designs of the space, clocks included.
  public var size: UInt64 { measured.size }

  /// Searches the space.
  ///
  /// - Returns: the best designs; the closest one if none keeps all limits.
  /// - Throws: `CancellationError` if the task is cancelled.
  public func report() throws -> ExplorationReport {
    let space = measured.space
    let constraints = constraints
    let (found, certificate) = try search(constraints, seeksLeastExcess: false)
    let closest =
      found.isEmpty ? try search(constraints, seeksLeastExcess: true).designs.first : nil
    return ExplorationReport(
      schemaVersion: ExplorationReport.currentSchema, softwareVersion: SoftwareVersion.current,
      space: space.name, hardware: space.hardware, platform: measured.base.file.platform,
      device: measured.device?.name, trace: trace, firstSample: measured.samples.lowerBound,
      samples: measured.samples.count,
      layers: measured.layers.map {
        ExplorationReport.Layer(
          name: $0.name, parameters: $0.keys, alternatives: $0.alternatives.count,
          impossible: $0.impossible)
      }, clocks: measured.clocks, objectives: space.objectives, constraints: constraints,
      certificate: certificate,
      front: found.map { design($0.design, clock: $0.clock) },
      closest: closest.map { design($0.design, clock: $0.clock) },
      shortfalls: closest.map { shortfalls($0.design, clock: $0.clock, constraints) } ?? [])
  }

  /// The hardware file of a design.
  ///
  /// - Parameters:
  ///   - design: a design of this space.
  ///   - name: what it is called.
  /// - Returns: the space's hardware file with the design's values.
  public func hardware(of design: ExplorationReport.Design, name: String) -> HardwareFile {
    var file = measured.base.file
    file.name = name
    file.clock = design.clockHertz
    if let device = measured.device { file.device = device.name }
    file.source = "lockstep explore \(measured.space.name)"
    for (index, layer) in design.layers.enumerated() {
      for (key, value) in layer.values { file.layers[index].numbers[key] = value }
    }
    return file
  }

  /// What the hardware of a design does wrong, or may do with some spikes, a sentence each.
  ///
  /// - Parameters:
  ///   - design: a design of this space.
  ///   - trace: the trace that it was measured with.
  /// - Returns: the sentences.
  /// - Throws: what fitting the hardware to the trace throws.
  public func hazards(of design: ExplorationReport.Design, trace: TraceReader) throws -> [String] {
    try hardware(of: design, name: "").fit(to: trace.header, trace: trace.path).hazards
  }
}

extension DesignExploration {
  private typealias Found = (design: FoundDesign, clock: Double)

  private func goal(
    clock: Double, _ constraints: [DesignConstraint], seeksLeastExcess: Bool = false
  ) -> SearchGoal {
    SearchGoal(
      scale: SearchGoal.Scale(
        clock: clock, samples: measured.samples.count, staticPower: measured.staticPower),
      objectives: measured.space.objectives, constraints: constraints,
      seeksLeastExcess: seeksLeastExcess)
  }

  /// Clock by clock; the front is that of all clocks together.
  private func search(
    _ constraints: [DesignConstraint], seeksLeastExcess: Bool
  ) throws -> (designs: [Found], certificate: SearchCertificate) {
    var found: [Found] = []
    var certificate: SearchCertificate?
    for clock in measured.clocks {
      let goal = goal(clock: clock, constraints, seeksLeastExcess: seeksLeastExcess)
      let result = try measured.search(goal)
      found += result.designs.map { ($0, clock) }
      if certificate == nil {
        certificate = result.certificate
      } else {
        certificate?.add(result.certificate)
      }
    }
    let dimensions = goal(clock: 1, constraints, seeksLeastExcess: seeksLeastExcess).scoreDimensions
    let front = ParetoFilter.front(of: found.map(\.design.score), dimensions: dimensions)
    return (
      front.map { found[$0] },
      certificate ?? SearchCertificate(.merging, designs: 0, constraints: constraints)
    )
  }

  private func design(_ found: FoundDesign, clock: Double) -> ExplorationReport.Design {
    let goal = goal(clock: clock, [])
    let tail = found.tail ?? measured.tail(of: found.choices)
    func value(_ measure: DesignMeasure) -> Double { goal.value(measure, found.cost, tail: tail) }
    let hasDevice = measured.device != nil
    return ExplorationReport.Design(
      clockHertz: clock,
      layers: zip(measured.layers, found.choices).map { layer, choice in
        let alternative = layer.alternatives[choice]
        return ExplorationReport.Design.Layer(
          name: layer.name, values: alternative.numbers,
          processingElements: alternative.processingElements)
      }, latencySeconds: value(.latency), latencyP99Seconds: value(.latencyP99),
      tables: value(.tables), flipFlops: value(.flipFlops), blockRAMs: value(.blockRAMs),
      ultraRAMs: value(.ultraRAMs), multipliers: value(.multipliers),
      lostFrames: measured.layersOverlap ? nil : UInt64(value(.lostFrames)),
      power: hasDevice ? value(.power) : nil, energy: hasDevice ? value(.energy) : nil)
  }

  private func shortfalls(
    _ found: FoundDesign, clock: Double, _ constraints: [DesignConstraint]
  ) -> [ExplorationReport.Shortfall] {
    let closest = goal(clock: clock, constraints)
    let tail = found.tail ?? measured.tail(of: found.choices)
    let least = measured.leastCost
    return constraints.compactMap { constraint in
      let value = closest.value(constraint.measure, found.cost, tail: tail)
      guard value > constraint.limit else { return nil }
      let bounds = measured.clocks.map {
        goal(clock: $0, constraints).value(constraint.measure, least.cost, tail: least.tail)
      }
      return ExplorationReport.Shortfall(
        constraint: constraint, closest: value, least: bounds.min() ?? 0)
    }
  }
}
