import Accelerator

/// An accelerator as far as its size depends on it: the layers with their parameters, whatever platform
/// they belong to.
public struct HardwareDesign: Hashable, Sendable {
  /// One layer.
  public struct Layer: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// What it is built of.
    public var structure: Structure

    /// Creates a layer.
    public init(name: String, structure: Structure) {
      self.name = name
      self.structure = structure
    }
  }

  /// What a layer is built of.
  public enum Structure: Hashable, Sendable {
    /// A sparse convolution, with the side of its pooling window (1: none).
    case convolution(ConvolutionGeometry, pooling: Int)
    /// A fully connected layer.
    case fullyConnected(FullyConnectedGeometry)
    /// A dense core.
    case dense(DenseGeometry)
    /// A layer of the fully connected designs of 2023.
    case spikeTrain(inputs: Int, neurons: Int, units: Int, listCapacity: Int)
  }

  /// Which published hardware it is.
  public var platform: HardwarePlatform
  /// Time steps.
  public var timeSteps: Int
  /// The spike RAM in front of the first layer; nil if that layer reads no spikes from one.
  public var inputSpikes: MemoryShape?
  /// Spike RAMs between each two layers.
  public var spikeBuffers: Int
  /// The layers, from the input to the output.
  public var layers: [Layer]

  /// Creates a design.
  ///
  /// - Parameters:
  ///   - platform: which published hardware it is.
  ///   - timeSteps: time steps.
  ///   - inputSpikes: the spike RAM in front of the first layer, if there is one.
  ///   - spikeBuffers: spike RAMs between each two layers.
  ///   - layers: the layers, from the input to the output.
  public init(
    platform: HardwarePlatform, timeSteps: Int, inputSpikes: MemoryShape?, spikeBuffers: Int = 1,
    layers: [Layer]
  ) {
    self.platform = platform
    self.timeSteps = timeSteps
    self.inputSpikes = inputSpikes
    self.spikeBuffers = spikeBuffers
    self.layers = layers
  }
}
