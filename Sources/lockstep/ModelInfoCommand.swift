import ArgumentParser
import SpikingNetworks

/// `lockstep model info`: what a network is, layer by layer.
struct ModelInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Print a network's layers, sizes, weights, and how it was trained.",
    discussion: """
      Operations are the multiplications and additions of a dense layer for one time step; a spiking \
      layer needs the share of them that its input spikes ask for. A network file (.yaml) may be \
      looked at before its weights exist.

      EXAMPLES
        lockstep model info models/digits.safetensors
        lockstep model info mine.yaml --json
      """)

  @Argument(
    help: "The model (.safetensors) or network file (.yaml).",
    completion: .file(extensions: ["safetensors", "yaml"]))
  var file: String

  @Flag(help: "Print JSON for programs.")
  var json = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let information: ModelInformation
    if NetworkFile.isNetworkFile(file) {
      let network = try NetworkFile(path: file)
      let model = network.weights == nil ? nil : try network.model()
      information = try ModelInformation(
        file: file, description: network.description, weights: model?.network.weights,
        hyperparameters: network.hyperparameters,
        unused: network.weights == nil ? [] : try network.strangers())
    } else {
      let model = try ModelFile(path: file)
      information = try ModelInformation(
        file: file, description: model.network.description, weights: model.network.weights,
        hyperparameters: model.hyperparameters, unused: [])
    }
    try StandardOutput.write(json ? try ResultJSON.text(information) : information.text())
  }
}
