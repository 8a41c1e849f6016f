import Accelerator
import PowerEstimation
import SpikeTraces

/// The best designs of a space, and why they are: the result of `lockstep explore`, and its JSON.
///
/// `docs/Exploration.md` explains every field.
public struct ExplorationReport: Hashable, Codable, Sendable {
  /// The version of the JSON format that this software writes.
  public static let currentSchema = 1

  /// What may change in a layer.
  public struct Layer: Hashable, Codable, Sendable {
    /// The layer's name.
    public var name: String
    /// The parameters that may change, by their keys in the hardware file.
    public var parameters: [String]
    /// How many ways to build it were measured.
    public var alternatives: Int
    /// Combinations of values that no hardware of the platform can have.
    public var impossible: Int
  }

  /// Designs around one hardware file, one choice of quirks and one trace.
  public struct Variant: Hashable, Codable, Sendable {
    /// The hardware file that the designs are made from.
    public var hardware: String
    /// The generation of the published hardware.
    public var platform: HardwarePlatform
    /// The oddities of the published hardware that are present, in the words of hardware files.
    public var quirks: [String]
    /// The trace.
    public var trace: String
    /// The first sample.
    public var firstSample: Int
    /// Samples that were measured.
    public var samples: Int
    /// The part of the samples whose recorded prediction is right; nil if the trace does not say.
    public var accuracy: Double?
    /// Clocks to choose from, Hz.
    public var clocks: [Double]
    /// What may change.
    public var layers: [Layer]
    /// Designs, clocks included.
    public var designs: UInt64
  }

  /// One design.
  public struct Design: Hashable, Codable, Sendable {
    /// One layer of it.
    public struct Layer: Hashable, Codable, Sendable {
      /// The layer's name.
      public var name: String
      /// The values of the parameters that may change, by key.
      public var values: [String: Int]
      /// The words of the choices that may change, by key.
      public var words: [String: String]
      /// Its processing elements.
      public var processingElements: Int

      /// Numbers and words by key, as text, in the order of the keys.
      public var settings: [(key: String, value: String)] {
        (values.mapValues { "\($0)" }.merging(words) { number, _ in number })
          .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      }
    }

    /// Which of ``ExplorationReport/variants`` it belongs to, from 0.
    public var variant: Int
    /// Hz.
    public var clockHertz: Double
    /// The layers, from the input to the output.
    public var layers: [Layer]
    /// The mean latency of an image, s.
    public var latencySeconds: Double
    /// Between which the mean latency of all images that the samples stand for lies, with 99 %
    /// confidence, s; nil for a single sample.
    public var latencyInterval: ConfidenceInterval?
    /// What 99 % of the images keep, s.
    public var latencyP99Seconds: Double
    /// Look-up tables, whatever they serve as.
    public var tables: Double
    /// Flip-flops and latches.
    public var flipFlops: Double
    /// Block RAMs of 36 Kb.
    public var blockRAMs: Double
    /// Ultra RAMs of 288 Kb.
    public var ultraRAMs: Double
    /// Multipliers with adders.
    public var multipliers: Double
    /// Finished frames that the hardware loses, of all samples; nil where layers work at once.
    public var lostFrames: UInt64?
    /// By the vectorless estimate, W; nil without a device.
    public var power: Double?
    /// Of an image, by the vectorless estimate, J; nil without a device.
    public var energy: Double?

    /// The largest part of any of the device's pools that it takes; nil without a device.
    public var area: Double?

    /// Images a second, one after the other.
    public var framesPerSecond: Double { 1 / latencySeconds }
    /// Images a second and watt, which is images a joule; nil without a device.
    public var framesPerWatt: Double? { energy.map { 1 / $0 } }
  }

  /// A limit that cannot be kept.
  public struct Shortfall: Hashable, Codable, Sendable {
    /// The limit.
    public var constraint: DesignConstraint
    /// What the closest design has, in the measure's unit.
    public var closest: Double
    /// A lower bound of what any design of the space has, whatever the other limits are.
    public var least: Double

    /// Whether no design keeps this limit, even if it were the only one.
    public var isImpossibleAlone: Bool { least > constraint.limit }
  }

  /// The version of this report's JSON format.
  public var schemaVersion: Int
  /// The version of the software that made the report.
  public var softwareVersion: String
  /// The command that made the report, to be typed again with `--pick` and `-o`; nil if none did.
  public var command: String?
  /// What the space is called.
  public var space: String
  /// The file of the space.
  public var spaceFile: String
  /// The device; nil if none is named.
  public var device: String?
  /// What the designs are made from; one unless the space names several.
  public var variants: [Variant]
  /// What is wanted.
  public var objectives: [DesignMeasure]
  /// What must hold.
  public var constraints: [DesignConstraint]
  /// Why nothing in the space is better.
  public var certificate: SearchCertificate
  /// Every design that no other is as good as; with one objective, the best one.
  ///
  /// Empty if no design keeps all limits.
  public var front: [Design]
  /// If no design keeps all limits: the one that exceeds them by the least part of them.
  public var closest: Design?
  /// The limits that the closest design exceeds.
  public var shortfalls: [Shortfall]
  /// What becomes of the front if a coefficient is not as likely as believed; nil if nobody asked.
  public var sensitivity: [Sensitivity]?
  /// How much more the network may fire until the chosen design misses the limit of the mean latency;
  /// nil if there is no such limit.
  public var headroom: FiringHeadroom?

  /// What a number that is only estimated does to the result.
  public struct Sensitivity: Hashable, Codable, Sendable {
    /// The result with another number.
    public struct Outcome: Hashable, Codable, Sendable {
      /// The other number, in the unit; the factor for counts of resources.
      public var number: Double
      /// Designs of the front.
      public var front: Int
      /// Designs that are in the front with the most likely numbers, too.
      public var kept: Int
      /// The best design by the first objective; nil if none keeps the limits.
      public var best: Design?
      /// Whether the best design is the same as with the most likely numbers.
      public var bestStays: Bool
    }

    /// What is estimated.
    public var coefficient: String
    /// Its unit; empty for counts of resources.
    public var unit: String
    /// The most likely number; 1 for counts of resources.
    public var number: Double
    /// With the lower bound.
    public var low: Outcome
    /// With the upper bound.
    public var high: Outcome
  }
}
