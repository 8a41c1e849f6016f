import Accelerator
import PowerEstimation
import SpikeTraces

extension DesignExploration {
  /// A design, and where it belongs.
  struct Found {
    var design: FoundDesign
    var variant: Int
    var clock: Double

    /// Whether both are the same hardware and network.
    func isSame(as other: Found) -> Bool {
      variant == other.variant && clock == other.clock && design.choices == other.design.choices
    }
  }

  /// Searches the space.
  ///
  /// - Parameters:
  ///   - options: how.
  ///   - sensitivity: whether to search again with the bounds of everything that is estimated.
  /// - Returns: the best designs; the closest one if none keeps all limits.
  /// - Throws: `CancellationError` if the task is cancelled.
  public func report(
    _ options: SearchOptions = SearchOptions(), sensitivity: Bool = false
  ) throws -> ExplorationReport {
    let constraints = constraints
    let (found, certificate) = try search(variants, constraints, options)
    let closest =
      found.isEmpty
      ? try search(variants, constraints, options, seeksLeastExcess: true).designs.first : nil
    return ExplorationReport(
      schemaVersion: ExplorationReport.currentSchema, softwareVersion: SoftwareVersion.current,
      space: space.name, spaceFile: space.path, device: device?.name,
      variants: variants.map(\.summary), objectives: space.objectives, constraints: constraints,
      certificate: certificate, front: found.map { design($0, in: variants) },
      closest: closest.map { design($0, in: variants) },
      shortfalls: closest.map { shortfalls($0, constraints) } ?? [],
      sensitivity: sensitivity ? try self.sensitivity(of: found, options) : nil)
  }

  func goal(
    _ variant: MeasuredSpace, clock: Double, _ constraints: [DesignConstraint],
    seeksLeastExcess: Bool = false
  ) -> SearchGoal {
    var perCapacity = SIMD8<Double>.zero
    if let capacity = device?.capacity {
      for (measure, pool) in DesignMeasure.pools where capacity[pool] > 0 {
        for dimension in measure.dimensions { perCapacity[dimension.rawValue] = 1 / capacity[pool] }
      }
    }
    return SearchGoal(
      scale: SearchGoal.Scale(
        clock: clock, samples: variant.samples.count, staticPower: variant.pricing.staticPower,
        errorRate: variant.errorRate ?? 0, perCapacity: perCapacity),
      objectives: space.objectives, constraints: constraints, seeksLeastExcess: seeksLeastExcess)
  }

  /// Variant by variant and clock by clock; the front is that of all together.
  func search(
    _ variants: [MeasuredSpace], _ constraints: [DesignConstraint], _ options: SearchOptions,
    seeksLeastExcess: Bool = false
  ) throws -> (designs: [Found], certificate: SearchCertificate) {
    var found: [Found] = []
    var certificate: SearchCertificate?
    var dimensions = [0]
    let designs = size
    for (index, variant) in variants.enumerated() {
      for clock in variant.clocks {
        let goal = goal(variant, clock: clock, constraints, seeksLeastExcess: seeksLeastExcess)
        let before = certificate
        let result = try variant.search(goal, options) { decided, best in
          watcher(
            .searched(
              decided: (before?.decided ?? 0) + decided, of: designs,
              best: [before?.steps.last?.best, best].compactMap(\.self).min()))
        }
        dimensions = goal.scoreDimensions
        found += result.designs.map { Found(design: $0, variant: index, clock: clock) }
        if certificate == nil {
          certificate = result.certificate
        } else {
          certificate?.add(result.certificate)
        }
        watcher(
          .searched(
            decided: certificate?.decided ?? 0, of: designs, best: certificate?.steps.last?.best))
      }
    }
    let front = ParetoFilter.front(of: found.map(\.design.score), dimensions: dimensions)
    return (
      front.map { found[$0] },
      certificate ?? SearchCertificate(.merging, designs: 0, constraints: constraints)
    )
  }

  /// A design in the words of the report.
  func design(_ found: Found, in variants: [MeasuredSpace]) -> ExplorationReport.Design {
    let variant = variants[found.variant]
    let goal = goal(variant, clock: found.clock, [])
    let cost = found.design.cost
    var cycles = variant.sampleCycles(of: found.design.choices)
    let interval = ConfidenceInterval(
      ofMean: cycles.map { Double($0) / found.clock }, confidence: 0.99)
    let tail = Double(Percentile.tail(&cycles))
    func value(_ measure: DesignMeasure) -> Double { goal.value(measure, cost, tail: tail) }
    let hasDevice = device != nil
    return ExplorationReport.Design(
      variant: found.variant, clockHertz: found.clock,
      layers: zip(variant.layers, found.design.choices).map { layer, choice in
        let alternative = layer.alternatives[choice]
        return ExplorationReport.Design.Layer(
          name: layer.name, values: alternative.numbers, words: alternative.words,
          processingElements: alternative.processingElements)
      }, latencySeconds: value(.latency), latencyInterval: interval,
      latencyP99Seconds: value(.latencyP99), tables: value(.tables), flipFlops: value(.flipFlops),
      blockRAMs: value(.blockRAMs), ultraRAMs: value(.ultraRAMs), multipliers: value(.multipliers),
      lostFrames: variant.layersOverlap ? nil : UInt64(value(.lostFrames)),
      power: hasDevice ? value(.power) : nil, energy: hasDevice ? value(.energy) : nil,
      area: hasDevice ? value(.area) : nil)
  }

  private func shortfalls(
    _ found: Found, _ constraints: [DesignConstraint]
  ) -> [ExplorationReport.Shortfall] {
    let variant = variants[found.variant]
    let closest = goal(variant, clock: found.clock, constraints)
    let tail = found.design.tail ?? variant.tail(of: found.design.choices)
    let least = variants.map(\.leastCost)
    return constraints.compactMap { constraint in
      let value = closest.value(constraint.measure, found.design.cost, tail: tail)
      guard value > constraint.limit else { return nil }
      let bounds = zip(variants, least).flatMap { variant, least in
        variant.clocks.map {
          goal(variant, clock: $0, constraints).value(
            constraint.measure, least.cost, tail: least.tail)
        }
      }
      return ExplorationReport.Shortfall(
        constraint: constraint, closest: value, least: bounds.min() ?? 0)
    }
  }
}

extension MeasuredSpace {
  fileprivate var summary: ExplorationReport.Variant {
    ExplorationReport.Variant(
      hardware: base.file.path, platform: base.file.platform, quirks: base.file.quirks,
      trace: trace, firstSample: samples.lowerBound, samples: samples.count,
      accuracy: errorRate.map { 1 - $0 }, clocks: clocks,
      layers: layers.map {
        ExplorationReport.Layer(
          name: $0.name, parameters: $0.keys, alternatives: $0.alternatives.count,
          impossible: $0.impossible)
      }, designs: size)
  }
}

extension DesignMeasure {
  /// What a device can run out of.
  static let pools: [(DesignMeasure, DeviceCapacity.Pool)] = [
    (.tables, .tables), (.flipFlops, .flipFlops), (.blockRAMs, .blockRAMs),
    (.ultraRAMs, .ultraRAMs), (.multipliers, .multipliers),
  ]
}
