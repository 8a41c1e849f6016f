import SpikeTraces
import SpikingNetworks

extension TraceHeader {
  /// The header of a trace of a network: its shapes and operations, as hardware asks for them.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - shapes: the resolved shapes of its layers.
  ///   - coding: how the input becomes spikes.
  ///   - dataSet: which data the samples come from.
  ///   - hyperparameters: how the network was made, by name.
  ///   - seed: the seed of the recording.
  init(
    _ network: NetworkDescription, shapes: [ResolvedLayerShape], coding: InputCoding,
    dataSet: DataSetDescription, hyperparameters: [String: String] = [:], seed: UInt64 = 0
  ) {
    self.init(
      networkName: network.name, timeSteps: network.timeSteps, coding: coding,
      input: LayerShape(network.input),
      layers: zip(network.layers, shapes).map { TracedLayer($0, shape: $1) }, dataSet: dataSet,
      hyperparameters: hyperparameters, seed: seed)
  }

  /// The header that a trace of a network would have, without any recording.
  ///
  /// - Parameters:
  ///   - network: the network.
  ///   - coding: how the input becomes spikes.
  /// - Throws: `NetworkError` if the network's shapes do not fit each other.
  public init(of network: NetworkDescription, coding: InputCoding) throws(NetworkError) {
    self.init(
      network, shapes: try network.resolvedShapes(), coding: coding,
      dataSet: DataSetDescription(name: "none", split: "none", classes: 1))
  }
}
