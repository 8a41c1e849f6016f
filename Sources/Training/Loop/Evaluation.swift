/// How well a network does on a set of samples, and how much it spikes.
public struct Evaluation: Hashable, Codable, Sendable {
  /// Number of samples.
  public let samples: Int
  /// Samples whose class was predicted.
  public let correct: Int
  /// Mean loss.
  public let loss: Double
  /// Spikes per neuron and time step, layer by layer, before any pooling of spikes.
  public let firingRates: [Double]
  /// Additions of a weight that a layer's inputs cause: the connections of every input that is not
  /// zero, summed over steps; a mean over samples, layer by layer.
  public let synapticOperations: [Double]

  /// The part of the samples whose class was predicted, from 0 to 1.
  public var accuracy: Double { Double(correct) / Double(max(1, samples)) }
}
