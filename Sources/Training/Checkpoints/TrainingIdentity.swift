import SpikingNetworks

/// Everything that determines a training's outcome: two trainings with the same identity go the same
/// way, bit for bit.
public struct TrainingIdentity: Hashable, Codable, Sendable {
  /// The settings.
  public let settings: TrainingSettings
  /// The network before training.
  public let network: NetworkDescription
  /// The data.
  public let data: DataIdentity
  /// A digest of which samples are learned and which choose the best epoch.
  public let parts: String

  init(
    settings: TrainingSettings, network: NetworkDescription, data: DataIdentity, parts: DataParts
  ) {
    self.settings = settings
    self.network = network
    self.data = data
    var digest = Fingerprint()
    digest.add(parts.training)
    digest.add(parts.validation)
    self.parts = digest.text
  }

  /// In what another training differs from this one, an item each: `learningRate: 0.1 instead of 0.2`.
  public func differences(from other: TrainingIdentity) -> [String] {
    var items: [String] = []
    func compare(_ name: String, _ mine: String, _ others: String) {
      if mine != others { items.append("\(name): \(others) instead of \(mine)") }
    }
    let (mine, others) = (settings.summary, other.settings.summary)
    for name in Set(mine.keys).union(others.keys).sorted() {
      compare(name, mine[name] ?? "none", others[name] ?? "none")
    }
    if items.isEmpty, settings != other.settings { items.append("a constant of the settings") }
    let networkItems = items.count
    compare("network name", network.name, other.network.name)
    compare("input", "\(network.input)", "\(other.network.input)")
    compare("time steps", "\(network.timeSteps)", "\(other.network.timeSteps)")
    compare("classes", "\(network.classes)", "\(other.network.classes)")
    compare(
      "layers", NetworkNotation.text(network.layers), NetworkNotation.text(other.network.layers))
    if items.count == networkItems, network != other.network {
      items.append("the neurons' constants")
    }
    compare("data set", data.name, other.data.name)
    compare("samples of the data set", "\(data.samples)", "\(other.data.samples)")
    if data.samples == other.data.samples, data.fingerprint != other.data.fingerprint {
      items.append("the content of the data set")
    } else if data == other.data, parts != other.parts {
      items.append("the division of the data set into parts")
    }
    return items
  }
}
