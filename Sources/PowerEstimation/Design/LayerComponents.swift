import Accelerator

/// The components of the layers of a design.
struct LayerComponents {
  let design: HardwareDesign
  let options: ResourceOptions

  private var weightBits: Int { options.weightBits(on: design.platform) }

  /// What a layer is built of.
  func components(of layer: HardwareDesign.Layer) -> [ComponentResources] {
    switch layer.structure {
    case .convolution(let geometry, let pooling):
      convolution(ConvolutionCost(geometry: geometry, pooling: pooling))
    case .fullyConnected(let geometry): fullyConnected(FullyConnectedCost(geometry: geometry))
    case .dense(let geometry): dense(DenseCost(geometry: geometry))
    case .spikeTrain(let inputs, let neurons, let units, let listCapacity):
      spikeTrain(
        SpikeTrainCost(
          inputs: inputs, listCapacity: listCapacity, units: units,
          neuronsPerUnit: ceilingDivision(neurons, units)), neurons: neurons)
    }
  }

  /// A spike RAM: distributed up to 64 rows, with a register behind it; block RAM beyond, as Yosys
  /// decides without an attribute.
  func spikeMemory(_ name: String, _ shape: MemoryShape) -> ComponentResources {
    var counts = ResourceCounts()
    if shape.depth <= 64 {
      counts.memoryTables = options.family.distributedTables(shape)
      counts.flipFlops = Double(shape.width)
    } else {
      counts.blockRAMs = options.family.blockRAMs(shape)
    }
    return ComponentResources(
      name, .spikes, instances: design.spikeBuffers, basis: .packing, memory: shape, counts: counts)
  }

  private func blockMemory(
    _ name: String, _ role: ComponentRole, instances: Int, _ shape: MemoryShape,
    in memory: ResourceOptions.WeightMemory = .block,
    basis: ComponentResources.Basis = .packing
  ) -> ComponentResources {
    let counts =
      memory == .ultra
      ? ResourceCounts(ultraRAMs: options.family.ultraRAMs(shape))
      : ResourceCounts(blockRAMs: options.family.blockRAMs(shape))
    return ComponentResources(
      name, role, instances: instances, basis: basis, memory: shape, counts: counts)
  }

  private func convolution(_ cost: ConvolutionCost) -> [ComponentResources] {
    let geometry = cost.geometry
    let controllers = geometry.options.eventControllers
    let elements = geometry.processingElements * controllers
    let isTable = design.platform == .conv2023
    var parts = [
      ComponentResources(
        "event controller", .eventController, instances: controllers, basis: .synthesis,
        counts: ResourceCounts(
          logicTables: cost.controllerTables,
          flipFlops: cost.controllerFlipFlops(lists: min(geometry.options.listBuffers, 2))),
        error: ComponentFormula.convolutionControllerTables.typicalError)
    ]
    let formula: ComponentFormula =
      isTable ? .convolutionElementTables2023 : .convolutionElementTables
    var array = ComponentResources(
      "processing elements", .processingElement, instances: elements, basis: .synthesis,
      counts: ResourceCounts(
        logicTables: isTable ? cost.elementTables2023() : cost.elementTables(),
        flipFlops: cost.elementFlipFlops + cost.elementLatches),
      error: formula.typicalError)
    // Yosys makes 3 multipliers for the constant products of a whole layer.
    array.resources[.multipliers] = Estimate(0, low: 0, high: 3)
    parts.append(array)
    parts.append(
      blockMemory(
        "membrane potentials", .potentials, instances: elements,
        MemoryShape(depth: geometry.outputPixels, width: 32)))
    parts.append(weights(of: cost, instances: elements, inTable: isTable))
    parts.append(
      ComponentResources(
        "spike writer", .spikeWriter, basis: .synthesis,
        counts: ResourceCounts(
          logicTables: cost.writerTables, flipFlops: cost.writerFlipFlops),
        error: (cost.pooling > 1
          ? ComponentFormula.poolingWriterTables : .writerTables).typicalError))
    parts.append(
      spikeMemory(
        "output spikes",
        MemoryShape(depth: geometry.timeSteps * geometry.outputChannels, width: cost.rowBits)))
    return parts + beyondPublished(cost)
  }

  private func weights(
    of cost: ConvolutionCost, instances: Int, inTable: Bool
  ) -> ComponentResources {
    let shape = MemoryShape(depth: cost.weightWords, width: weightBits)
    guard inTable else { return blockMemory("weights", .weights, instances: instances, shape) }
    return ComponentResources(
      "weights in look-up tables", .weights, instances: instances, basis: .synthesis, memory: shape,
      counts: ResourceCounts(logicTables: ConvolutionCost.weightTables(bits: shape.bits)),
      error: ComponentFormula.weightTable.typicalError)
  }

  private func fullyConnected(_ cost: FullyConnectedCost) -> [ComponentResources] {
    let geometry = cost.geometry
    let isFirst = geometry.variant == .fc1
    var array = ComponentResources(
      "processing elements", .processingElement, instances: geometry.processingElements,
      basis: .synthesis,
      counts: ResourceCounts(
        logicTables: design.platform == .conv2023
          ? FullyConnectedCost.elementTables.conv2023
          : FullyConnectedCost.elementTables.hybrid2024,
        flipFlops: FullyConnectedCost.elementFlipFlops + FullyConnectedCost.elementLatches),
      error: ComponentFormula.fullyConnectedElementTables.typicalError)
    // Yosys makes up to 6 multipliers a PE of its constant products.
    array.resources[.multipliers] = Estimate(
      0, low: 0, high: 6 * Double(geometry.processingElements))
    return [
      ComponentResources(
        "event controller", .eventController, basis: .synthesis,
        counts: ResourceCounts(
          logicTables: cost.controllerTables(listBits: cost.listBits),
          flipFlops: cost.controllerFlipFlops(listBits: cost.listBits)),
        error: ComponentFormula.fullyConnectedControllerTables.typicalError),
      array,
      blockMemory(
        "weights", .weights, instances: geometry.processingElements,
        MemoryShape(depth: cost.weightWords, width: weightBits),
        in: options.weightMemory(on: design.platform, isFirst: isFirst)),
      ComponentResources(
        "output spikes", .spikes, basis: .assembled,
        memory: MemoryShape(depth: geometry.timeSteps, width: geometry.neurons),
        counts: ResourceCounts(
          logicTables: FullyConnectedCost.outputTables * Double(cost.outputBits),
          flipFlops: Double(cost.outputBits))),
    ]
  }

  private func dense(_ cost: DenseCost) -> [ComponentResources] {
    let geometry = cost.geometry
    return [
      ComponentResources(
        "processing elements", .processingElement, instances: cost.elements, basis: .synthesis,
        counts: DenseCost.element),
      ComponentResources(
        "delay lines", .eventController, basis: .assembled,
        counts: ResourceCounts(flipFlops: cost.delayFlipFlops)),
      ComponentResources(
        "image ports", .eventController, instances: cost.elements, basis: .assembled,
        memory: MemoryShape(depth: geometry.pixels, width: 32),
        counts: ResourceCounts(logicTables: cost.imageTables / Double(cost.elements)),
        error: 0.3),
      ComponentResources(
        "threshold unit", .potentials, basis: .synthesis, counts: cost.thresholdUnit,
        error: ComponentFormula.thresholdUnitTables.typicalError),
      spikeMemory(
        "output spikes",
        MemoryShape(depth: geometry.timeSteps * geometry.outputChannels, width: geometry.pixels)),
    ]
  }

  private func spikeTrain(_ cost: SpikeTrainCost, neurons: Int) -> [ComponentResources] {
    let potentials = cost.potentials
    let isSmall = potentials.depth <= 64
    return [
      ComponentResources(
        "event controller", .eventController, basis: .assumption, counts: cost.controller),
      ComponentResources(
        "units", .processingElement, instances: cost.units, basis: .assumption,
        counts: ResourceCounts(
          logicTables: FullyConnectedCost.elementTables.conv2023,
          flipFlops: FullyConnectedCost.elementFlipFlops + FullyConnectedCost.elementLatches)),
      ComponentResources(
        "membrane potentials", .potentials, instances: cost.units, basis: .assumption,
        memory: potentials,
        counts: isSmall
          ? ResourceCounts(memoryTables: options.family.distributedTables(potentials))
          : ResourceCounts(blockRAMs: options.family.blockRAMs(potentials))),
      blockMemory(
        "weights", .weights, instances: cost.units, cost.weights(weightBits),
        in: options.weightMemory(on: design.platform, isFirst: false), basis: .assumption),
      ComponentResources(
        "output spikes", .spikes, basis: .assumption,
        counts: ResourceCounts(
          logicTables: FullyConnectedCost.outputTables * Double(neurons),
          flipFlops: Double(neurons))),
    ]
  }
}

extension LayerComponents {
  /// What a convolution has that no published one has: nothing of it was synthesised.
  private func beyondPublished(_ cost: ConvolutionCost) -> [ComponentResources] {
    let geometry = cost.geometry
    let extra = geometry.options
    let elements = Double(geometry.processingElements)
    var counts = ResourceCounts()
    let lists = Double(max(extra.listBuffers - 2, 0) * extra.eventControllers)
    let listBits = Double(geometry.listCapacity * ceilingLogarithm(geometry.inputPixels))
    counts.flipFlops += lists * listBits
    // Each further list is read through a multiplexer like that of the first.
    counts.logicTables += lists * 0.492 * listBits
    counts.flipFlops += Double(extra.writerQueue) * elements * Double(geometry.outputPixels)
    counts.logicTables += Double(extra.eventControllers - 1) * elements * 32
    // A stage of a longer pipeline holds a potential and its address.
    let stageBits = 32 + ceilingLogarithm(geometry.outputPixels)
    counts.flipFlops +=
      Double((extra.memoryLatency - 1) * stageBits * extra.eventControllers) * elements
    guard counts != ResourceCounts() else { return [] }
    return [
      ComponentResources(
        "beyond the published hardware", .eventController, basis: .assumption, counts: counts)
    ]
  }
}
