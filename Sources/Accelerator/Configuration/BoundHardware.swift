/// A hardware file fitted to the network of a trace: every number the simulation needs.
public struct BoundHardware: Hashable, Sendable {
  /// The file.
  public var file: HardwareFile
  /// The layers, from the network's input to its output.
  public var layers: [BoundLayer]

  /// The geometries of all layers, as a simulator takes them.
  public var geometries: [LayerGeometry] { layers.map(\.geometry) }
}

/// One layer of the network on its hardware.
public struct BoundLayer: Hashable, Sendable {
  /// The layer's name in the network.
  public var name: String
  /// What it computes.
  public var kind: HardwareFile.Layer.Kind
  /// The hardware's parameters.
  public var geometry: LayerGeometry
  /// Neurons of the boundary that the layer reads.
  public var inputNeurons: Int
  /// Neurons of the boundary that the layer hands on, after pooling.
  public var outputNeurons: Int
  /// Neurons of one row of the spike counts: those of an input channel for a convolution, all of the
  /// boundary for a fully connected layer.
  public var countedGroup: Int
}
