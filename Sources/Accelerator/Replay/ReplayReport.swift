import SpikeTraces

/// What a trace costs on an accelerator: the result of a replay, and the content of its JSON file.
///
/// `docs/Replay.md` explains every field. Counts and cycles are exact integer sums over all samples;
/// ratios are computed from them once, here.
public struct ReplayReport: Hashable, Codable, Sendable {
  /// The version of the JSON format that this software writes and reads.
  public static let currentSchema = 2

  /// The version of this report's JSON format.
  public var schemaVersion: Int
  /// The version of the software that made the report.
  public var softwareVersion: String
  /// What was replayed.
  public var trace: ReplayedTrace
  /// What it was replayed on.
  public var hardware: ReplayedHardware
  /// How the cycles were computed.
  public var engine: ReplayEngine
  /// How often the network was right, as far as the trace knows.
  public var answers: AnswerStatistics
  /// From the start of a sample to its end, through all layers.
  public var latencyCycles: CycleDistribution
  /// The same at the hardware's clock.
  public var latencySeconds: TimeDistribution
  /// Latency of each sample, cycles, in the order of the trace; nil in reports of older versions.
  public var sampleLatencies: [UInt64]?
  /// Samples a second when each starts as the one before ends: clock / mean cycles.
  public var framesPerSecond: Double
  /// The cycles over which engines are accounted, summed over samples.
  public var windowCycles: UInt64
  /// The layers, from the input to the output.
  public var layers: [LayerReport]
  /// What a stream of the samples costs, if that was asked for.
  public var stream: StreamReport?
  /// The sparsity-oblivious baseline, if that was asked for.
  public var baseline: [BaselineComparison]?
  /// Where the cycles went, if that was asked for.
  public var explanation: ReplayExplanation?
  /// What a reader must know before believing the numbers, a sentence each.
  public var warnings: [String]

  /// Whether the layers work on a sample at the same time; else one after the other.
  public var layersOverlap: Bool { hardware.platform.model.layersOverlap }

  /// The layer that takes the most time, the first of several; where layers overlap, the one that
  /// works the longest, for which the others wait.
  public var bottleneck: LayerReport? {
    let weight = { (layer: LayerReport) in
      layersOverlap ? Double(layer.busyCycles) : layer.totalSeconds
    }
    return layers.reduce(nil as LayerReport?) { best, layer in
      guard let best, weight(best) >= weight(layer) else { return layer }
      return best
    }
  }
}

/// Which samples of which trace were replayed.
public struct ReplayedTrace: Hashable, Codable, Sendable {
  /// The file's path.
  public var path: String
  /// The network's name.
  public var network: String
  /// The data set's name.
  public var dataSet: String
  /// The part of the data set.
  public var split: String
  /// The network's input; nil in reports of older versions.
  public var input: LayerShape?
  /// How the input became spikes.
  public var coding: String
  /// Time steps of every sample.
  public var timeSteps: Int
  /// The first sample that was replayed, from 0.
  public var firstSample: Int
  /// How many samples were replayed.
  public var samples: Int
  /// How many samples the trace has.
  public var samplesInTrace: Int
  /// The seed of the recording.
  public var seed: UInt64
  /// The version of the software that recorded the trace.
  public var softwareVersion: String

  /// Describes a replayed part of a trace.
  public init(
    path: String, network: String, dataSet: String, split: String, input: LayerShape?,
    coding: String, timeSteps: Int, firstSample: Int, samples: Int, samplesInTrace: Int,
    seed: UInt64, softwareVersion: String
  ) {
    self.path = path
    self.network = network
    self.dataSet = dataSet
    self.split = split
    self.input = input
    self.coding = coding
    self.timeSteps = timeSteps
    self.firstSample = firstSample
    self.samples = samples
    self.samplesInTrace = samplesInTrace
    self.seed = seed
    self.softwareVersion = softwareVersion
  }
}

/// How often the network was right.
public struct AnswerStatistics: Hashable, Codable, Sendable {
  /// Samples of which both the true class and the network's answer were recorded.
  public var judged: Int
  /// Those of them that the network got right.
  public var correct: Int

  /// The part that is right, 0...1, or `nil` if nothing is known.
  public var accuracy: Double? { judged == 0 ? nil : Double(correct) / Double(judged) }
}

/// The accelerator of a replay.
public struct ReplayedHardware: Hashable, Codable, Sendable {
  /// The hardware file's path.
  public var path: String
  /// The accelerator's name.
  public var name: String
  /// The generation of the published hardware.
  public var platform: HardwarePlatform
  /// Which quirks of the published hardware were present, in words.
  public var quirks: [String]
  /// The clock, Hz.
  public var clockHertz: Double
  /// The FPGA, if stated.
  public var device: String?
  /// Where the file's numbers come from, if stated.
  public var source: String?
}
