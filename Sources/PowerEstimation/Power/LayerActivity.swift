import Accelerator

/// What a layer does and is, for the energy of a mean image.
struct LayerActivity {
  /// The layer's name.
  var name: String
  /// What it is built of.
  var resources: ResourceReport.Layer
  /// The spike RAM that it reads; nil if the layer before keeps its spikes in registers.
  var inputSpikes: ComponentResources?
  /// The frequency of its clock, Hz.
  var frequency: Double
  /// Seconds that it adds to the latency.
  var seconds: Double
  /// Cycles in which it is active.
  var activeCycles: Double
  /// Cycles of its clock during the whole image.
  var allCycles: Double
  /// Counts of events, a mean image.
  var events: Events

  /// Counts of events of a layer.
  struct Events {
    var inputReads = 0.0
    var spikeWrites = 0.0
    var weightReads = 0.0
    var potentialAccesses = 0.0
    var additions = 0.0
    /// Multiplications with additions of a dense core.
    var products = 0.0
    var activations = 0.0
    var encoderSteps = 0.0
  }

  var encoderTables = 0.0

  /// The components that do something.
  func components(_ role: ComponentRole) -> [ComponentResources] {
    resources.components.filter { $0.role == role }
  }
}

extension LayerActivity.Events {
  /// The events of one of so many images.
  init(_ layer: LayerReport, samples: Int, platform: HardwarePlatform, dense: DenseCost?) {
    let counters = layer.counters
    func mean(_ count: UInt64) -> Double { Double(count) / Double(max(samples, 1)) }
    inputReads = mean(counters.inputReads)
    spikeWrites = mean(counters.spikeWrites)
    weightReads = mean(counters.weightReads)
    potentialAccesses = mean(counters.potentialReads + counters.potentialWrites)
    // Each addition of the register-transfer design of fc-2023 reads its weight memory twice.
    additions = weightReads / (platform == .fullyConnected2023RTL ? 2 : 1)
    activations = mean(counters.activateCycles) * Double(layer.processingElements)
    encoderSteps = mean(counters.encodedSpikes + counters.encoderChunks)
    if let dense {
      let geometry = dense.geometry
      let slots = geometry.timeSteps * geometry.outputChannels
      products = Double(slots * geometry.pixels * dense.elements)
      activations = Double(slots * geometry.pixels)
      spikeWrites = Double(slots)
    }
  }
}

extension LayerActivity {
  /// The layers of a replay, with what they are built of.
  ///
  /// - Parameters:
  ///   - replay: what the layers did; by the event engine, whose counters are complete.
  ///   - resources: what they are built of.
  ///   - design: how.
  ///   - scale: the factor on all clocks.
  /// - Returns: one activity a layer.
  static func layers(
    of replay: ReplayReport, _ resources: ResourceReport, _ design: HardwareDesign, scale: Double
  ) -> [LayerActivity] {
    let rows = resources.layers.filter { $0.name != "input" || $0.processingElements > 0 }
    var spikes = resources.layers.first { $0.processingElements == 0 }?.components.first
    let samples = replay.trace.samples
    let latency = replay.latencySeconds.mean / scale
    return zip(replay.layers, zip(rows, design.layers)).map { layer, pair in
      let (row, structure) = (pair.0, pair.1.structure)
      let own = layer.totalSeconds > 0 ? Double(layer.totalCycles) / layer.totalSeconds : 0
      let frequency = (own > 0 ? own : replay.hardware.clockHertz) * scale
      var dense: DenseCost?
      if case .dense(let geometry) = structure { dense = DenseCost(geometry: geometry) }
      var activity = LayerActivity(
        name: layer.name, resources: row, inputSpikes: dense == nil ? spikes : nil,
        frequency: frequency,
        seconds: layer.seconds.mean / scale,
        activeCycles: Double(layer.activeCycles) / Double(max(samples, 1)),
        allCycles: latency * frequency,
        events: Events(layer, samples: samples, platform: design.platform, dense: dense))
      activity.encoderTables = EncoderCost.tables(width: layer.encoderWidth ?? 0)
      spikes = row.components.last { $0.role == .spikes }
      return activity
    }
  }
}
