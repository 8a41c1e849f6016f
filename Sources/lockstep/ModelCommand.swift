import ArgumentParser

/// `lockstep model`: what to do with trained networks.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Look into trained networks; convert them from and to YAML and PyTorch's weights.",
    discussion: """
      A model is a safetensors file: any reader finds the weights under PyTorch's names and shapes, \
      and the description of the network is in its metadata. A network file (.yaml) is the same \
      description as people read and write it; the weights stay in a safetensors file beside it.

      EXAMPLES
        lockstep model info models/digits.safetensors
        lockstep model convert models/digits.safetensors -o digits.yaml
        lockstep model convert mine.yaml --weights pytorch.safetensors -o mine.safetensors
      """,
    subcommands: [ModelInfoCommand.self, ModelConvertCommand.self])
}
