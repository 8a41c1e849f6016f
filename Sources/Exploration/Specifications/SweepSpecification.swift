/// What a sweep does: a training, the options that vary, and the accelerator that runs the networks.
///
/// `docs/Sweeps.md` explains the file. Options are those of `lockstep train`, as text; the program
/// that trains checks them.
public struct SweepSpecification: Hashable, Sendable {
  /// An option of the training and its value.
  public struct Option: Hashable, Sendable {
    /// The option's name, without dashes: `train-samples`.
    public var name: String
    /// Its value.
    public var value: String

    /// Creates an option.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An option that varies.
  public struct Axis: Hashable, Sendable {
    /// The values of an option.
    public enum Values: Hashable, Sendable {
      /// These.
      case list([String])
      /// Numbers between two others.
      case range(SweepRange)
    }

    /// The option's name, without dashes.
    public var option: String
    /// Its values.
    public var values: Values

    /// All values, unless there are endlessly many.
    public var steps: [String]? {
      switch values {
      case .list(let values): values
      case .range(let range): range.steps
      }
    }

    /// Creates an axis.
    public init(option: String, values: Values) {
      self.option = option
      self.values = values
    }
  }

  /// How many points are drawn at random, and how.
  public struct Draws: Hashable, Sendable {
    /// Different points.
    public var points: Int
    /// Equal seeds give equal points; a larger number of them begins with the same ones.
    public var seed: UInt64

    /// Creates a number of draws.
    public init(points: Int, seed: UInt64) {
      self.points = points
      self.seed = seed
    }
  }

  /// One training of the sweep.
  public struct Configuration: Hashable, Sendable {
    /// The options that are the same for all points.
    public var fixed: [Option]
    /// The options that vary.
    public var choices: [Option]
    /// Its seed.
    public var seed: UInt64

    /// All options, those that do not vary first.
    public var options: [Option] { fixed + choices }
  }

  /// The sweep's name.
  public var name: String
  /// The preset of the training.
  public var preset: String
  /// Options that are the same for all points.
  public var training: [Option]
  /// Options that vary.
  public var grid: [Axis]
  /// How points are drawn from the grid; nil if all combinations are points.
  public var random: Draws?
  /// Every combination is trained once with each of them.
  public var seeds: [UInt64]
  /// The hardware file's path, if the specification names one.
  public var hardware: String?
  /// Test samples, from the first, that are recorded and replayed.
  public var replaySamples: Int

  /// Creates a specification.
  public init(
    name: String, preset: String, training: [Option], grid: [Axis], random: Draws? = nil,
    seeds: [UInt64], hardware: String? = nil, replaySamples: Int
  ) {
    self.name = name
    self.preset = preset
    self.training = training
    self.grid = grid
    self.random = random
    self.seeds = seeds
    self.hardware = hardware
    self.replaySamples = replaySamples
  }
}
