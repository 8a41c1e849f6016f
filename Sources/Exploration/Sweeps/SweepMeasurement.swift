import Accelerator
import PowerEstimation

/// What a trained network achieves, and what it costs on an accelerator.
public struct SweepMeasurement: Hashable, Codable, Sendable {
  /// How often the network is right on samples that it has never seen.
  public struct Accuracy: Hashable, Codable, Sendable {
    /// Test samples.
    public var samples: Int
    /// Those whose class was predicted.
    public var correct: Int

    /// Creates an accuracy.
    public init(samples: Int, correct: Int) {
      self.samples = samples
      self.correct = correct
    }

    /// The part that is right, 0...1.
    public var share: Double { Double(correct) / Double(max(samples, 1)) }
  }

  /// How often the neurons of a layer fire, before any pooling of spikes.
  public struct Layer: Hashable, Codable, Sendable {
    /// The layer's name.
    public var name: String
    /// Its neurons.
    public var neurons: Int
    /// Spikes per neuron and time step on the test samples, 0...1.
    public var firingRate: Double

    /// Creates a layer.
    public init(name: String, neurons: Int, firingRate: Double) {
      self.name = name
      self.neurons = neurons
      self.firingRate = firingRate
    }
  }

  /// The accelerator.
  public struct Platform: Hashable, Codable, Sendable {
    /// The accelerator's name.
    public var name: String
    /// The generation of the published hardware.
    public var generation: String
    /// The clock, Hz.
    public var clockHertz: Double
    /// The FPGA.
    public var device: String
    /// Test samples, from the first, that were recorded and replayed.
    public var samples: Int

    /// Creates a platform.
    public init(
      name: String, generation: String, clockHertz: Double, device: String, samples: Int
    ) {
      self.name = name
      self.generation = generation
      self.clockHertz = clockHertz
      self.device = device
      self.samples = samples
    }
  }

  /// Power and energy with their bounds: low, typical (`value`) and high.
  public struct Power: Hashable, Codable, Sendable {
    /// Mean power while images are worked off one after another, W.
    public var watts: Estimate
    /// Energy of an image, J.
    public var joulesPerImage: Estimate
    /// Images a second and watt (FPS/W).
    public var framesPerSecondPerWatt: Estimate

    /// Creates figures.
    public init(watts: Estimate, joulesPerImage: Estimate, framesPerSecondPerWatt: Estimate) {
      self.watts = watts
      self.joulesPerImage = joulesPerImage
      self.framesPerSecondPerWatt = framesPerSecondPerWatt
    }

    /// The figures of an estimate.
    public init(_ figures: EnergyFigures) {
      self.init(
        watts: figures.power, joulesPerImage: figures.energyPerImage,
        framesPerSecondPerWatt: figures.imagesPerJoule)
    }
  }

  /// Accuracy on the test samples.
  public var accuracy: Accuracy
  /// Firing rates on the test samples, from the first layer to the last.
  public var layers: [Layer]
  /// The accelerator.
  public var platform: Platform
  /// Cycles of a sample, over the samples that were replayed.
  public var latencyCycles: CycleDistribution
  /// The same at the clock, s.
  public var latencySeconds: TimeDistribution
  /// Power as published results state it: from resources and clock, whatever the spikes do.
  public var vectorless: Power
  /// Power from the events of the simulation.
  public var activity: Power

  /// Creates a measurement.
  public init(
    accuracy: Accuracy, layers: [Layer], platform: Platform, latencyCycles: CycleDistribution,
    latencySeconds: TimeDistribution, vectorless: Power, activity: Power
  ) {
    self.accuracy = accuracy
    self.layers = layers
    self.platform = platform
    self.latencyCycles = latencyCycles
    self.latencySeconds = latencySeconds
    self.vectorless = vectorless
    self.activity = activity
  }

  /// Spikes per neuron and time step over all neurons, 0...1.
  public var firingRate: Double {
    let neurons = layers.reduce(0) { $0 + $1.neurons }
    let spikes = layers.reduce(0) { $0 + $1.firingRate * Double($1.neurons) }
    return neurons == 0 ? 0 : spikes / Double(neurons)
  }
}
