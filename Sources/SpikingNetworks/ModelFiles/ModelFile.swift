/// A network on disk: safetensors, with the network's description in its metadata.
///
/// A safetensors file is a 64-bit little-endian length, a JSON header of that length, and the raw
/// little-endian values (https://github.com/huggingface/safetensors, format description). Any
/// safetensors reader finds the tensors under PyTorch's names and shapes. The metadata holds:
///
/// * `format`: `lockstep-network`; `version`: `1`;
/// * `network`: the ``NetworkDescription`` as JSON;
/// * `training.<name>`: how the network was made, as text.
public struct ModelFile: Sendable {
  /// The network.
  public var network: SpikingNetwork
  /// How it was made: optimiser, seed, epochs and so on, by name.
  public var hyperparameters: [String: String]

  /// Creates the content of a file.
  public init(network: SpikingNetwork, hyperparameters: [String: String] = [:]) {
    self.network = network
    self.hyperparameters = hyperparameters
  }

  static let formatName = "lockstep-network"
  static let formatVersion = "1"
  static let hyperparameterPrefix = "training."
}
