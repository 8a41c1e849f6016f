import Accelerator
import Exploration
import Foundation
import PowerEstimation
import SpikeTraces
import TestSupport
import Testing

/// A small real space: every design of it is replayed and estimated by itself.
private struct SmallSpace {
  let folder: TemporaryFolder
  let trace: TraceReader
  let space: DesignSpace

  init(hardware: String, space text: String, header: TraceHeader = RandomTrace.header) throws {
    folder = try TemporaryFolder()
    trace = try TraceReader(
      path: RandomTrace.write(samples: 7, to: folder.path("t.spikes"), header: header))
    try folder.write(hardware, to: "h.yaml")
    space = try DesignSpace(path: folder.write("hardware: h.yaml\n" + text, to: "space.yaml"))
  }

  /// The figures of a hardware file, by a replay of its own.
  func replayed(_ file: HardwareFile) async throws -> (PowerReport, ReplayReport, ResourceReport) {
    let replay = try TraceReplay(of: trace, on: file)
    let report = try await replay.report(threads: 1, engine: .event)
    let device = try DeviceLibrary.device("XCKU5P")
    let design = HardwareDesign(replay.hardware, network: trace.header)
    let resources = ResourceReport(
      design, name: "", network: "", options: ResourceOptions(), device: device)
    let power = PowerReport(
      report, resources: resources, design: design, device: device,
      coefficients: try DeviceLibrary.coefficients(of: device))
    return (power, report, resources)
  }

  /// Compares the report's front with that of all designs, replayed one by one.
  func expectExact(_ values: [[(key: String, values: [Int])]]) async throws {
    let report = try await DesignExploration(of: space, with: [trace], threads: 2).report()
    var front: [[Double]] = []
    let base = try HardwareFile(path: space.hardware[0])
    var chosen = base
    if let quirks = space.quirks.first { chosen.choose(quirks: quirks) }
    var files = [chosen]
    for (layer, parameters) in values.enumerated() {
      for (key, values) in parameters {
        files = files.flatMap { file in
          values.map { value in
            var file = file
            file.layers[layer].numbers[key] = value
            return file
          }
        }
      }
    }
    #expect(report.certificate.designs == UInt64(files.count))
    #expect(report.certificate.isProof)
    // What differs by rounding only is equal.
    func isAsGood(_ left: [Double], _ right: [Double]) -> Bool {
      zip(left, right).allSatisfy { $0 <= $1 * (1 + 1e-9) }
    }
    for file in files {
      let (power, replay, resources) = try await replayed(file)
      let score = report.objectives.map { objective in
        switch objective {
        case .latency: replay.latencySeconds.mean
        case .latencyP99: replay.latencySeconds.p99
        case .energy: power.vectorless.energyPerImage.value
        case .power: power.vectorless.power.value
        default: resources.total.tables.value
        }
      }
      if front.contains(where: { isAsGood($0, score) }) { continue }
      front.removeAll { isAsGood(score, $0) }
      front.append(score)
    }
    front.sort { $0[0] < $1[0] }
    let scores = report.front.map { design in
      report.objectives.map { objective in
        switch objective {
        case .latency: design.latencySeconds
        case .latencyP99: design.latencyP99Seconds
        case .energy: design.energy ?? 0
        case .power: design.power ?? 0
        default: design.tables
        }
      }
    }
    var found: [[Double]] = []
    for score in scores where !found.contains(where: { isAsGood($0, score) }) {
      found.removeAll { isAsGood(score, $0) }
      found.append(score)
    }
    #expect(found.count == front.count)
    for (left, right) in zip(found, front) {
      for (left, right) in zip(left, right) { #expect(abs(left / right - 1) < 1e-9) }
    }
  }
}

private let convolutional = """
  platform: conv-2023
  clock: 100 MHz
  device: XCKU5P
  layers:
    - {name: conv1, kind: convolution, processing-elements: 2, list-capacity: 64}
    - {name: fc1, kind: fully-connected, processing-elements: 5, list-capacity: 36}

  """

private let pipeline = """
  platform: fc-2023
  clock: 100 MHz
  device: XCKU5P
  layers:
    - {name: a, kind: fully-connected, logical-to-hardware-ratio: 1}
    - {name: b, kind: fully-connected, logical-to-hardware-ratio: 1}
    - {name: c, kind: fully-connected, logical-to-hardware-ratio: 1}
  """

/// The search agrees with replays of whole designs.
@Suite struct ExplorationReplayTests {
  @Test(arguments: ["[latency, lut]", "[latency-p99, lut]", "energy", "[latency, power, lut]"])
  func everyDesignOfALockStepSpaceIsReplayed(objectives: String) async throws {
    let space = try SmallSpace(
      hardware: convolutional,
      space: """
        layers:
          conv1: {encoder-width: [8, 16, 64]}
          fc1: {processing-elements: 1..10}
        objectives: \(objectives)
        """)
    try await space.expectExact([
      [("processing-elements", [1, 2, 4]), ("encoder-width", [8, 16, 64])],
      [("processing-elements", Array(1...10))],
    ])
  }

  @Test(arguments: ["[latency, lut]", "[latency-p99, lut]"])
  func everyDesignOfTheSecondGenerationIsReplayed(objectives: String) async throws {
    let space = try SmallSpace(
      hardware: convolutional.replacingOccurrences(of: "conv-2023", with: "hybrid-2024")
        .replacingOccurrences(of: ", list-capacity: 36", with: ""),
      space: "layers: {fc1: {encoder-width: [10, 200]}}\nobjectives: \(objectives)")
    try await space.expectExact([
      [("processing-elements", [1, 2, 4])],
      [("processing-elements", [1, 2, 5, 10]), ("encoder-width", [10, 200])],
    ])
  }

  @Test(arguments: ["[latency, lut]", "[latency-p99, lut]", "energy"])
  func everyDesignOfAPipelineIsReplayed(objectives: String) async throws {
    let ratios = "{logical-to-hardware-ratio: [1, 2, 3, 5, 12]}"
    let space = try SmallSpace(
      hardware: pipeline,
      space: "layers: {a: \(ratios), b: \(ratios), c: \(ratios)}\nobjectives: \(objectives)",
      header: RandomTrace.fullyConnected([20, 16, 12]))
    let key = "logical-to-hardware-ratio"
    try await space.expectExact(Array(repeating: [(key, [1, 2, 3, 5, 12])], count: 3))
  }

  @Test func everyDesignOfTheRegisterTransferDesignIsReplayed() async throws {
    let space = try SmallSpace(
      hardware: """
        platform: fc-2023-rtl
        clock: 100 MHz
        device: XCKU5P
        layers:
          - {name: fc1, kind: fully-connected, processing-elements: 1, list-capacity: 512}
        """,
      space: "quirks: [[published, -empty-train-hangs]]\nobjectives: [latency, lut]",
      header: RandomTrace.fullyConnected([12]))
    try await space.expectExact([[("processing-elements", [1, 2, 3, 4, 6, 12])]])
  }

  /// The bound of a genetic search holds: nothing that an exact search finds is better by more.
  @Test(arguments: ["[latency, lut]", "[latency-p99, lut]", "energy"])
  func geneticSearchKeepsItsBound(objectives: String) async throws {
    let space = try SmallSpace(
      hardware: pipeline,
      space: """
        quirks: repaired
        constraints: {fits-device: false}
        objectives: \(objectives)
        layers:
          a: {logical-to-hardware-ratio: 1..20}
          b: {logical-to-hardware-ratio: 1..16}
          c: {logical-to-hardware-ratio: 1..12}
        """, header: RandomTrace.fullyConnected([20, 16, 12]))
    let exploration = try await DesignExploration(of: space.space, with: [space.trace])
    let exact = try exploration.report(SearchOptions(method: .exact))
    let genetic = try exploration.report(SearchOptions(method: .genetic, evaluations: 300))
    #expect(exact.certificate.isProof && exact.certificate.designs == 20 * 16 * 12)
    #expect(!genetic.certificate.isProof && genetic.certificate.decided == 300)
    let gap = try #require(genetic.certificate.gap)
    func score(_ design: ExplorationReport.Design) -> [Double] {
      exact.objectives.map { objective in
        switch objective {
        case .latency: design.latencySeconds
        case .latencyP99: design.latencyP99Seconds
        case .energy: design.energy ?? 0
        default: design.tables
        }
      }
    }
    for design in exact.front {
      let isClose = genetic.front.contains { found in
        zip(score(found), score(design)).allSatisfy { $0 <= $1 * (1 + gap) * (1 + 1e-9) }
      }
      #expect(isClose)
    }
    for design in genetic.front {
      let isKnown = exact.front.contains { best in
        zip(score(best), score(design)).allSatisfy { $0 <= $1 * (1 + 1e-9) }
      }
      #expect(isKnown)
    }
  }

  @Test func whatFitsNothingIsSaidWithTheClosest() async throws {
    let space = try SmallSpace(
      hardware: convolutional, space: "constraints: {latency: 1 us, lut: 100000}\nobjectives: lut")
    let report = try await DesignExploration(of: space.space, with: [space.trace]).report()
    #expect(report.front.isEmpty && report.certificate.isProof)
    #expect(report.certificate.excluded[0].designs == report.certificate.designs)
    let closest = try #require(report.closest)
    // The fastest allocation is the closest.
    #expect(closest.layers.map(\.processingElements) == [4, 10])
    #expect(report.shortfalls.map(\.constraint.origin) == ["latency"])
    #expect(report.shortfalls[0].isImpossibleAlone)
    #expect(report.shortfalls[0].closest == closest.latencySeconds)
  }

  @Test func theHardwareFileOfADesignHasItsFigures() async throws {
    let space = try SmallSpace(
      hardware: convolutional, space: "clock: [50 MHz, 80 MHz]\nobjectives: [latency, lut, energy]")
    let exploration = try await DesignExploration(of: space.space, with: [space.trace])
    let report = try exploration.report()
    #expect(report.front.count > 2)
    for design in report.front {
      let written = exploration.hardware(of: design, name: "chosen")
      let file = try HardwareFile(data: Data(written.yaml.utf8), path: "chosen.yaml")
      let (power, replay, resources) = try await space.replayed(file)
      #expect(replay.latencySeconds.p99 == design.latencyP99Seconds)
      #expect(abs(replay.latencySeconds.mean / design.latencySeconds - 1) < 1e-12)
      #expect(abs(resources.total.tables.value / design.tables - 1) < 1e-9)
      #expect(abs(resources.total.value.blockRAMs - design.blockRAMs) < 1e-9)
      #expect(abs(power.vectorless.power.value / (design.power ?? 0) - 1) < 1e-9)
      #expect(abs(power.vectorless.energyPerImage.value / (design.energy ?? 0) - 1) < 1e-9)
      #expect(replay.layers.reduce(0) { $0 + $1.counters.droppedWrites } == design.lostFrames)
    }
  }

  @Test(arguments: [
    (
      "layers: {conv2: {processing-elements: 2}}", "has no layer 'conv2'; its layers are conv1, fc1"
    ),
    (
      "layers: {conv1: {processing-elements: 3}}",
      "space.yaml:2: layer conv1 cannot be built with processing-elements 3"
    ),
    ("layers: {conv1: {encoder-width: [4, 16]}}", "cannot be built with encoder-width 4"),
    ("layers: {conv1: {accumulate-latency: 3}}", "is no parameter of layer conv1"),
    (
      "layers: {conv1: {list-overflow: [drops, waits]}}",
      "space.yaml:2: 'list-overflow' of layer conv1 cannot be 'waits'; it is drops or splits"
    ),
    ("layers: {fc1: {processing-elements: 1..10, encoder-width: 1..60000}}", "more than 5000"),
  ])
  func whatTheHardwareCannotHaveIsRefused(text: String, message: String) async throws {
    let space = try SmallSpace(hardware: convolutional, space: text)
    let error = await #expect(throws: ExplorationError.self) {
      try await DesignExploration(of: space.space, with: [space.trace])
    }
    #expect(error?.description.contains(message) ?? false, "\(String(describing: error))")
  }

  /// Networks, quirks and words of a layer are searched together: the front is that of all.
  @Test func variantsAreSearchedTogether() async throws {
    let space = try SmallSpace(
      hardware: convolutional,
      space: """
        quirks: [published, repaired]
        layers: {conv1: {list-overflow: [drops, splits]}}
        objectives: [latency, error-rate, area]
        """)
    let other = try TraceReader(
      path: RandomTrace.write(samples: 5, to: space.folder.path("o.spikes"), seed: 9))
    let exploration = try await DesignExploration(
      of: space.space, with: [space.trace, other], samples: 0..<5)
    let report = try exploration.report()
    let quirks = report.variants.map(\.quirks)
    #expect(quirks == [["published"], ["published"], ["repaired"], ["repaired"]])
    let traces = report.variants.map(\.trace)
    #expect(traces == [space.trace.path, other.path, space.trace.path, other.path])
    #expect(report.certificate.designs == 4 * 3 * 8 && report.certificate.isProof)
    #expect(!report.front.isEmpty)
    // No design of any variant alone is better than the front.
    for (index, trace) in [space.trace, other].enumerated() {
      var alone = space.space
      for quirks in ["published", "repaired"] {
        alone.quirks = [[quirks]]
        let single = try await DesignExploration(of: alone, with: [trace], samples: 0..<5)
        for design in try single.report().front {
          let variant = (quirks == "published" ? 0 : 2) + index
          let accuracy = try #require(report.variants[variant].accuracy)
          let isCovered = report.front.contains { found in
            guard let area = found.area, let own = design.area else { return false }
            return found.latencySeconds <= design.latencySeconds * (1 + 1e-9)
              && area <= own * (1 + 1e-9)
              && report.variants[found.variant].accuracy ?? 0 >= accuracy
          }
          #expect(isCovered)
        }
      }
    }
    for design in report.front {
      let file = exploration.hardware(of: design, name: "x")
      #expect(file.quirks == report.variants[design.variant].quirks)
      let trace = design.variant % 2 == 0 ? space.trace : other
      let replay = try await TraceReplay(of: trace, on: file, samples: 0..<5).report(threads: 1)
      #expect(abs(replay.latencySeconds.mean / design.latencySeconds - 1) < 1e-12)
    }
  }

  @Test func boundsOfEstimatesMoveTheFront() async throws {
    let space = try SmallSpace(
      hardware: convolutional, space: "constraints: {power: 0.7 W}\nobjectives: [energy, lut]")
    let exploration = try await DesignExploration(of: space.space, with: [space.trace])
    let report = try exploration.report(sensitivity: true)
    let rows = try #require(report.sensitivity)
    let device = try DeviceLibrary.device("XCKU5P")
    let power = try #require(rows.first { $0.coefficient == "static power" })
    #expect(power.low.number == device.staticPower.low)
    #expect(power.high.number == device.staticPower.high)
    let best = try #require(report.front.first)
    let low = try #require(power.low.best)
    // Energy is static power times time, and more: less of it costs less.
    #expect(low.energy ?? 1 < best.energy ?? 0)
    #expect(power.low.kept <= min(power.low.front, report.front.count))
    // With the upper bound nothing keeps the limit.
    #expect(device.staticPower.high > 0.7 && power.high.best == nil && power.high.front == 0)
    let counts = try #require(rows.last)
    #expect(counts.coefficient == "counts of resources" && counts.unit.isEmpty)
    #expect(counts.low.best?.tables ?? .infinity < report.front.map(\.tables).max() ?? 0)
  }

  /// The largest firing rate that meets a deadline: a replay of so many spikes meets it, one of more
  /// does not.
  @Test func headroomIsWhereTheDeadlineIsMissed() async throws {
    let space = try SmallSpace(hardware: convolutional, space: "objectives: latency")
    let exploration = try await DesignExploration(of: space.space, with: [space.trace])
    let best = try exploration.report().front[0]
    let tight = try #require(
      try exploration.headroom(of: best, deadline: best.latencySeconds * (1 + 1e-9)))
    let loose = try #require(
      try exploration.headroom(of: best, deadline: best.latencySeconds * 1.1))
    let early = try #require(
      try exploration.headroom(of: best, deadline: best.latencySeconds * 0.95))
    let (tightFactor, looseFactor) = (try #require(tight.factor), try #require(loose.factor))
    #expect((0.999...1.2).contains(tightFactor) && looseFactor > tightFactor)
    #expect(try #require(early.factor) < 1)
    #expect(tight.firingRate > 0 && loose.firingRate == tight.firingRate)
    #expect(abs(loose.largestFiringRate / (looseFactor * loose.firingRate) - 1) < 1e-12)
    let never = try #require(try exploration.headroom(of: best, deadline: 1e-9))
    #expect(never.factor == nil && never.largestFiringRate == 0)
    let always = try #require(try exploration.headroom(of: best, deadline: 1))
    #expect(always.factor == nil && always.largestFiringRate == 1)
  }

  @Test func valuesOfARangeThatCannotBeBuiltAreCounted() async throws {
    let space = try SmallSpace(
      hardware: convolutional, space: "layers: {conv1: {processing-elements: 1..4}}")
    let report = try await DesignExploration(of: space.space, with: [space.trace]).report()
    #expect(
      report.variants[0].layers[0].alternatives == 3 && report.variants[0].layers[0].impossible == 1
    )
  }
}
