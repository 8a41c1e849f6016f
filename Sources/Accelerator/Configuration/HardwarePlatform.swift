/// The generations of the published accelerator that can be simulated.
public enum HardwarePlatform: String, CaseIterable, Hashable, Codable, Sendable {
  /// The seed paper's accelerator: convolution and fully connected layers in lock-step.
  case conv2023 = "conv-2023"
  /// Its successor: a dense core for real-valued inputs, sparse convolutions, fully connected layers.
  case hybrid2024 = "hybrid-2024"

  /// The type of its models.
  public var model: any AcceleratorModel.Type {
    switch self {
    case .conv2023: Conv2023.self
    case .hybrid2024: Hybrid2024.self
    }
  }
}
