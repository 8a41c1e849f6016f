/// An accelerator as its designer wrote it down: the content of a hardware file.
///
/// The values are those of the file; what it leaves out is `nil` here and derived from the network
/// by ``bind(to:)``. `docs/HardwareFile.md` explains every key.
public struct HardwareFile: Hashable, Sendable {
  /// Where the description was read from.
  public var path: String
  /// What reports call the accelerator.
  public var name: String
  /// The generation of the published hardware.
  public var platform: HardwarePlatform
  /// The clock's frequency in hertz.
  public var clock: Double
  /// The FPGA, for readers.
  public var device: String?
  /// Where the numbers come from.
  public var source: String?
  /// Which quirks of the published hardware are present, in words: see
  /// ``Swift/Set/init(words:)``.
  public var quirks: [String]
  /// Spike RAMs between each two layers.
  public var spikeBuffers: Int
  /// The layers, from the network's input to its output.
  public var layers: [Layer]
  /// The line of the key `quirks`, if it is there.
  public var quirksLine: Int?
  /// The line of the key `layers`.
  public var layersLine: Int

  /// The hardware of one layer.
  public struct Layer: Hashable, Sendable {
    /// What a layer's hardware computes.
    public enum Kind: String, CaseIterable, Hashable, Codable, Sendable {
      /// A convolution, with pooling on its way out or without.
      case convolution
      /// Every input to every neuron.
      case fullyConnected = "fully-connected"
      /// The convolution of a real-valued input, as the first layer.
      case dense
    }

    /// What messages call the layer.
    public var name: String
    /// What it computes.
    public var kind: Kind
    /// The frequency of the layer's own clock in hertz, if it has one.
    public var clock: Double?
    /// The whole numbers that are stated, by key.
    public var numbers: [String: Int]
    /// The words that are stated where there are few to choose from, by key.
    public var choices: [String: String]
    /// Where the numbers come from.
    public var source: String?
    /// The line of the entry's first key.
    public var line: Int
    /// The lines of the keys that the entry has.
    public var keyLines: [String: Int]

    /// A whole number, if it is stated.
    public subscript(parameter: HardwareParameter) -> Int? { numbers[parameter.key] }
  }
}
