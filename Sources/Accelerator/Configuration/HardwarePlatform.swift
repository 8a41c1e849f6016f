/// The generations of the published accelerator that can be simulated.
public enum HardwarePlatform: String, CaseIterable, Hashable, Codable, Sendable {
  /// The seed paper's accelerator: convolution and fully connected layers in lock-step.
  case conv2023 = "conv-2023"
  /// Its successor: a dense core for real-valued inputs, sparse convolutions, fully connected layers.
  case hybrid2024 = "hybrid-2024"
  /// The fully connected design of 2023, as its authors' SystemC simulator times it.
  case fullyConnected2023 = "fc-2023"
  /// Its register-transfer code: one fully connected layer.
  case fullyConnected2023RTL = "fc-2023-rtl"

  /// The type of its models.
  public var model: any AcceleratorModel.Type {
    switch self {
    case .conv2023: Conv2023.self
    case .hybrid2024: Hybrid2024.self
    case .fullyConnected2023: FullyConnected2023.self
    case .fullyConnected2023RTL: FullyConnected2023RTL.self
    }
  }
}
