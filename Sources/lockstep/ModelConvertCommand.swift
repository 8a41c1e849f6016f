import ArgumentParser
import Foundation
import SpikingNetworks

/// `lockstep model convert`: the same network in another file.
struct ModelConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a network as one safetensors file, or as YAML with its weights beside it.",
    discussion: """
      To bring weights from PyTorch, write them with safetensors.torch.save_file(net.state_dict(), \
      "pytorch.safetensors"), describe the network in YAML, and give a layer whose tensors are under \
      another name the key 'tensors': 'tensors: features.0' reads features.0.weight and \
      features.0.bias. Values of the types F16, BF16 and F64 become F32.

      EXAMPLES
        To readable YAML, digits.yaml and digits-weights.safetensors:
          lockstep model convert models/digits.safetensors -o digits.yaml

        Weights of another program into one file for `lockstep record`:
          lockstep model convert mine.yaml --weights pytorch.safetensors -o mine.safetensors

        Batch normalisations folded into the weights, as hardware needs it:
          lockstep model convert deep.safetensors --fold -o folded.safetensors
      """)

  @Argument(
    help: "The model (.safetensors) or network file (.yaml).",
    completion: .file(extensions: ["safetensors", "yaml"]))
  var input: String

  @Option(help: "The weights, if they are not those that the network file names.")
  var weights: String?

  @ArgumentParser.Flag(help: "Fold batch normalisations into weights and biases.")
  var fold = false

  @Option(name: .shortAndLong, help: "The file to write: .safetensors or .yaml.")
  var output: String

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func validate() throws {
    guard NetworkFile.isNetworkFile(input) || weights == nil else {
      throw ValidationError("--weights goes with a network file (.yaml), not with a model.")
    }
    guard NetworkFile.isNetworkFile(output) || output.hasSuffix(".safetensors") else {
      throw ValidationError("'\(output)' ends neither in .safetensors nor in .yaml.")
    }
  }

  func run() throws {
    var model: ModelFile
    if NetworkFile.isNetworkFile(input) {
      let network = try NetworkFile(path: input)
      model = try network.model(weights: weights)
      let strangers = try network.strangers(weights: weights)
      if !strangers.isEmpty, !verbosity.quiet {
        StandardError.write(
          "note: the network has no place for \(strangers.joined(separator: ", ")); left out\n")
      }
    } else {
      model = try ModelFile(path: input)
    }
    if fold { model.network = try model.network.foldingNormalisation() }
    let files = try model.write(as: output)
    if !verbosity.quiet { for file in files { try StandardOutput.write("\(file)\n") } }
  }
}

extension ModelFile {
  /// Writes one safetensors file, or YAML and the weights beside it, by the extension of the path.
  ///
  /// - Returns: the files written.
  fileprivate func write(as path: String) throws(NetworkError) -> [String] {
    guard NetworkFile.isNetworkFile(path) else {
      try write(to: path)
      return [path]
    }
    let url = URL(fileURLWithPath: path)
    let name = url.deletingPathExtension().lastPathComponent + "-weights.safetensors"
    let weightsPath = path.dropLast(url.lastPathComponent.count) + name
    // The weights first: a network file never names weights that are not there.
    try write(to: String(weightsPath))
    try NetworkFile(
      description: network.description, weights: name, hyperparameters: hyperparameters
    ).write(to: path)
    return [path, String(weightsPath)]
  }
}
