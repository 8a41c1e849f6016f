import Accelerator
import SpikeTraces

extension HardwareDesign {
  /// The design of a hardware file that has been fitted to a network.
  ///
  /// - Parameters:
  ///   - hardware: the fitted hardware.
  ///   - header: the network it was fitted to.
  public init(_ hardware: BoundHardware, network header: TraceHeader) {
    let names = hardware.layers.map(\.name)
    let traced = header.layers.dropFirst(hardware.firstLayer)
    let input = header.boundaries[hardware.firstLayer]
    var structures: [Structure] = []
    var readsSpikes = true
    switch hardware.model {
    case let model as Conv2023:
      structures = zip(model.layers, traced).map { Structure($0, of: $1) }
    case let model as Hybrid2024:
      structures = zip(model.layers, traced).map { layer, traced in
        switch layer {
        case .convolution(let geometry): .convolution(geometry, pooling: traced.pooling)
        case .fullyConnected(let geometry): .fullyConnected(geometry)
        case .dense(let geometry): .dense(geometry)
        }
      }
      if case .dense? = model.layers.first { readsSpikes = false }
    case let model as FullyConnected2023:
      let geometry = model.geometry
      structures = geometry.neurons.indices.map { layer in
        .spikeTrain(
          inputs: geometry.largestFrame(of: layer), neurons: geometry.neurons[layer],
          units: geometry.units(of: layer), listCapacity: geometry.largestFrame(of: layer))
      }
    case let model as FullyConnected2023RTL:
      let geometry = model.geometry
      structures = [
        .spikeTrain(
          inputs: geometry.inputs, neurons: geometry.neurons, units: geometry.processingElements,
          listCapacity: geometry.listCapacity)
      ]
    default: break
    }
    // The designs of 2023 without convolutions read all inputs of a time step at once.
    let isVector = structures.first?.isSpikeTrain == true
    let channels = isVector ? 1 : input.channels
    let rows = readsSpikes ? header.timeSteps * channels : 0
    self.init(
      platform: hardware.file.platform, timeSteps: header.timeSteps,
      inputSpikes: rows == 0
        ? nil : MemoryShape(depth: rows, width: isVector ? input.neurons : input.pixels),
      spikeBuffers: hardware.file.spikeBuffers,
      layers: zip(names, structures).map(Layer.init))
  }
}

extension HardwareDesign.Structure {
  fileprivate init(_ geometry: LayerGeometry, of layer: TracedLayer) {
    switch geometry {
    case .convolution(let geometry): self = .convolution(geometry, pooling: layer.pooling)
    case .fullyConnected(let geometry): self = .fullyConnected(geometry)
    }
  }
}

extension TracedLayer {
  fileprivate var pooling: Int {
    if case .convolution(_, _, _, _, let pooling, _) = operation { max(pooling, 1) } else { 1 }
  }
}
