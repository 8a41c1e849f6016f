import Accelerator

/// What a hardware file does not say and the size of the hardware depends on.
public struct ResourceOptions: Hashable, Codable, Sendable {
  /// Where the weights of fully connected layers are kept.
  public enum WeightMemory: String, CaseIterable, Hashable, Codable, Sendable {
    /// Block RAM.
    case block
    /// Ultra RAM.
    case ultra
  }

  /// Bits of a weight; nil: as published, 32 in the hardware of 2023, 4 in hybrid-2024.
  public var weightBits: Int?
  /// Where the weights of fully connected layers are kept; nil: as published, but in block RAM where the
  /// device has no ultra RAM.
  public var fullyConnectedWeights: WeightMemory?
  /// How the device's memories are built.
  public var family: MemoryFamily
  /// Whether the device has ultra RAM.
  public var hasUltraRAM: Bool

  /// Widths of a weight that can be asked for.
  public static let weightBitsRange = 1...64

  /// Creates options.
  public init(
    weightBits: Int? = nil, fullyConnectedWeights: WeightMemory? = nil,
    family: MemoryFamily = .ultraScale, hasUltraRAM: Bool = true
  ) {
    self.weightBits = weightBits
    self.fullyConnectedWeights = fullyConnectedWeights
    self.family = family
    self.hasUltraRAM = hasUltraRAM
  }

  /// The same with the memories of a device.
  package func adapted(to device: Device) -> ResourceOptions {
    var options = self
    options.family = device.memories
    options.hasUltraRAM = device.capacity.ultraRAMs > 0
    return options
  }

  func weightBits(on platform: HardwarePlatform) -> Int {
    weightBits ?? (platform == .hybrid2024 ? 4 : 32)
  }

  /// Where the weights of a fully connected layer are.
  ///
  /// As published, the ones of conv-2023's first fully connected layer are in ultra RAM, all others in
  /// block RAM (hybrid-2024: the folder with integer weights).
  func weightMemory(on platform: HardwarePlatform, isFirst: Bool) -> WeightMemory {
    let published: WeightMemory = platform == .conv2023 && isFirst ? .ultra : .block
    let wanted = fullyConnectedWeights ?? published
    return hasUltraRAM ? wanted : .block
  }
}
