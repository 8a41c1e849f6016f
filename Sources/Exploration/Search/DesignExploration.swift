import Accelerator
import Foundation
import PowerEstimation
import SpikeTraces

/// The search for the best designs of a space.
///
/// ```swift
/// let exploration = try await DesignExploration(of: space, with: [trace], threads: 2)
/// let report = try exploration.report()
/// let best = try exploration.hardware(of: report.front[0], name: "best")
/// ```
///
/// Every alternative of every layer is measured once with every sample; the search then is exact. A
/// space with several hardware files, choices of quirks or traces is searched one by one, and the front
/// is that of all together.
public struct DesignExploration: Sendable {
  let space: DesignSpace
  let variants: [MeasuredSpace]
  let device: Device?
  let watcher: ExplorationProgress.Watcher

  /// Measures the alternatives of every layer.
  ///
  /// - Parameters:
  ///   - space: the designs.
  ///   - traces: the spikes that they are measured with, a network each.
  ///   - samples: which samples; all if nil.
  ///   - device: the device, instead of that of the space or of its hardware file.
  ///   - options: what else the size of the hardware depends on.
  ///   - threads: alternatives to measure at the same time.
  ///   - watcher: told how far it is, here and in ``report(sensitivity:)``.
  /// - Throws: ``ExplorationError``, or what reading hardware, device and trace throws, with the
  ///   remedy; `CancellationError` if the task is cancelled.
  public init(
    of space: DesignSpace, with traces: [TraceReader], samples: Range<Int>? = nil,
    device: String? = nil, options: ResourceOptions = ResourceOptions(), threads: Int = 1,
    watcher: @escaping ExplorationProgress.Watcher = { _ in }
  ) async throws {
    let files = try space.hardwareFiles()
    let words = Set(files.compactMap(\.device))
    guard device ?? space.device != nil || words.count <= 1 else {
      throw ExplorationError(
        file: space.path,
        message:
          "the hardware files name different devices (\(words.sorted().joined(separator: ", ")))"
          + "; name the one to build on, as in 'device: XCKU5P'")
    }
    let found = try (device ?? space.device ?? words.first).map(DeviceLibrary.device)
    let coefficients = try found.map { device in
      try DeviceLibrary.coefficients(of: device).scaled(to: .published, of: device)
    }
    let pricing = DesignPricing(device: found, coefficients: coefficients)
    var variants: [MeasuredSpace] = []
    for file in files {
      for trace in traces {
        // Checks the samples.
        let replay = try TraceReplay(of: trace, on: file, samples: samples)
        let measurement = SpaceMeasurement(
          space: space, file: file, trace: trace, samples: replay.samples, options: options,
          device: found, pricing: pricing)
        let number = variants.count + 1
        variants.append(
          try await measurement.measured(threads: threads) { alternatives in
            watcher(
              alternatives.map {
                .measuring(
                  alternatives: $0, variant: number, of: files.count * traces.count)
              } ?? .measured)
          })
      }
    }
    self.space = space
    self.variants = variants
    self.device = found
    self.watcher = watcher
    self.coefficients = coefficients
    try check()
  }

  let coefficients: CoefficientSet?

  private func check() throws(ExplorationError) {
    let asked = space.objectives + space.constraints.map(\.measure)
    if device == nil, let measure = asked.first(where: \.needsDevice) {
      throw ExplorationError(
        file: space.path,
        message: "'\(measure.rawValue)' depends on the device, and none is named; add "
          + "'device: XCKU5P'")
    }
    if asked.contains(.lostFrames), variants.contains(where: \.layersOverlap) {
      throw ExplorationError(
        file: space.path,
        message: "'lost-frames' is not known where layers work at the same time; remove it")
    }
    if asked.contains(.errorRate), let silent = variants.first(where: { $0.errorRate == nil }) {
      throw ExplorationError(
        file: space.path,
        message: "'accuracy' is not known: not all samples of \(silent.trace) have a label and a "
          + "prediction; 'lockstep record' writes both")
    }
  }

  /// All limits: those of the space, and what the device has.
  public var constraints: [DesignConstraint] {
    guard space.fitsDevice, let device else { return space.constraints }
    return space.constraints
      + DesignMeasure.pools.map {
        DesignConstraint($0, atMost: device.capacity[$1], origin: device.name)
      }
  }

  /// Designs of the space, clocks included.
  public var size: UInt64 { variants.reduce(0) { $0 + $1.size } }

  /// The hardware file of a design.
  ///
  /// - Parameters:
  ///   - design: a design of this space.
  ///   - name: what it is called.
  /// - Returns: the space's hardware file with the design's values.
  public func hardware(of design: ExplorationReport.Design, name: String) -> HardwareFile {
    var file = variants[design.variant].base.file
    file.name = name
    file.clock = design.clockHertz
    if let device { file.device = device.name }
    file.source = "lockstep explore \(space.name)"
    for (index, layer) in design.layers.enumerated() {
      for (key, value) in layer.values { file.layers[index].numbers[key] = value }
      for (key, word) in layer.words { file.layers[index].choices[key] = word }
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

extension DesignSpace {
  /// The hardware files with every choice of quirks.
  fileprivate func hardwareFiles() throws(HardwareError) -> [HardwareFile] {
    var files: [HardwareFile] = []
    for path in hardware {
      let file = try HardwareFile(path: path)
      guard !quirks.isEmpty else {
        files.append(file)
        continue
      }
      for words in quirks {
        var chosen = file
        chosen.choose(quirks: words)
        files.append(chosen)
      }
    }
    return files
  }
}
