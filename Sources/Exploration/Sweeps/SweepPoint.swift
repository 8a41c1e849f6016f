/// One point of a sweep: a network that was trained, and what it costs on an accelerator.
///
/// Results files hold one of these a line, as JSON; `docs/Sweeps.md` explains every field.
public struct SweepPoint: Hashable, Sendable {
  /// What the field `format` of every line says.
  public static let format = "lockstep-sweep-point"
  /// The version of the format that this software writes and reads.
  public static let currentSchema = 1

  /// What became of a point.
  public enum Outcome: Hashable, Sendable {
    /// It was trained and measured.
    case measured(SweepMeasurement)
    /// It cannot be, in words: the same settings would fail again.
    case failed(String)
  }

  /// A digest of everything that determines the outcome; a point whose key is there is not run again.
  public var key: String
  /// The sweep's name.
  public var sweep: String
  /// The constants of the network and its training.
  public var hyperparameters: SweepHyperparameters
  /// The seed of weights, sample order and input spikes.
  public var seed: UInt64
  /// Where the numbers come from.
  public var provenance: SweepProvenance
  /// What became of it.
  public var outcome: Outcome

  /// Creates a point.
  public init(
    key: String, sweep: String, hyperparameters: SweepHyperparameters, seed: UInt64,
    provenance: SweepProvenance, outcome: Outcome
  ) {
    self.key = key
    self.sweep = sweep
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.provenance = provenance
    self.outcome = outcome
  }

  /// What was measured; nil if the point failed.
  public var measurement: SweepMeasurement? {
    guard case .measured(let measurement) = outcome else { return nil }
    return measurement
  }
}

/// The constants of a network and its training, as far as sweeps vary them.
public struct SweepHyperparameters: Hashable, Codable, Sendable {
  /// The derivative that stands for the spike's: `arctangent`, `fast-sigmoid`, ...
  public var surrogate: String
  /// Its scale, alpha or k; nil if it has none.
  public var scale: Double?
  /// The decay of the membranes per time step.
  public var beta: Double
  /// The firing threshold.
  public var theta: Double
  /// Time steps of a sample.
  public var timeSteps: Int
  /// The layers, as in `16C3-P2-64-100`.
  public var network: String
  /// All other settings of the training, by name.
  public var settings: [String: String]

  /// Creates a set of constants.
  public init(
    surrogate: String, scale: Double?, beta: Double, theta: Double, timeSteps: Int,
    network: String, settings: [String: String]
  ) {
    self.surrogate = surrogate
    self.scale = scale
    self.beta = beta
    self.theta = theta
    self.timeSteps = timeSteps
    self.network = network
    self.settings = settings
  }
}

/// What the numbers of a point rest on.
public struct SweepProvenance: Hashable, Codable, Sendable {
  /// The version of the program that made them.
  public var softwareVersion: String
  /// The training, as `lockstep train` would be told.
  public var command: String
  /// The data set's name.
  public var dataSet: String
  /// A digest of the data set.
  public var dataFingerprint: String
  /// Samples that were learned.
  public var trainingSamples: Int
  /// Samples that chose the best epoch.
  public var validationSamples: Int
  /// The best epoch, from 1; nil if the training failed.
  public var bestEpoch: Int?
  /// A digest of the trained weights; nil if the training failed.
  public var weightsFingerprint: String?
  /// A digest of the trace that was replayed; nil if the training failed.
  public var traceFingerprint: String?

  /// Creates a provenance.
  public init(
    softwareVersion: String, command: String, dataSet: String, dataFingerprint: String,
    trainingSamples: Int, validationSamples: Int, bestEpoch: Int? = nil,
    weightsFingerprint: String? = nil, traceFingerprint: String? = nil
  ) {
    self.softwareVersion = softwareVersion
    self.command = command
    self.dataSet = dataSet
    self.dataFingerprint = dataFingerprint
    self.trainingSamples = trainingSamples
    self.validationSamples = validationSamples
    self.bestEpoch = bestEpoch
    self.weightsFingerprint = weightsFingerprint
    self.traceFingerprint = traceFingerprint
  }
}
