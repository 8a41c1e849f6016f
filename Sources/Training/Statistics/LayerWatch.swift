import SpikingNetworks

/// Notices layers that never or almost always spike, each once, and says what to do.
struct LayerWatch: Codable, Hashable {
  /// Batches after which a layer without a spike is silent.
  static let patience = 5
  /// Spikes per neuron and step above which a layer says nothing.
  static let saturation = 0.9

  /// What was noticed.
  private(set) var notices: [String] = []
  private var silent: [Int] = []
  private var saturated: [Int] = []

  /// Looks at the rates since the epoch began.
  ///
  /// - Parameters:
  ///   - rates: spikes per neuron and step, layer by layer.
  ///   - period: when: `in the first 5 batches`.
  ///   - isEndOfEpoch: whether there were enough samples to call a layer saturated.
  ///   - plan: the network.
  ///   - settings: for what to change.
  ///   - membranes: looks at the membranes of a layer, if it can; called where a layer is silent.
  /// - Returns: what is new.
  mutating func look(
    at rates: [Double], period: String, isEndOfEpoch: Bool, plan: NetworkPlan,
    settings: TrainingSettings, membranes: (_ layer: Int) -> MembraneRange?
  ) -> [String] {
    var news: [String] = []
    let fresh = rates.indices.filter { rates[$0] == 0 && !silent.contains($0) }
    silent += fresh
    // Layers behind a silent one read nothing; the first is the cause.
    if let first = rates.firstIndex(of: 0), fresh.contains(first) {
      news.append(Self.silence(first, period, plan, settings, membranes(first)))
    }
    if isEndOfEpoch {
      for index in rates.indices
      where rates[index] > Self.saturation && !saturated.contains(index) {
        saturated.append(index)
        news.append(Self.saturation(plan.layers[index].name, rates[index], period, settings))
      }
    }
    notices += news
    return news
  }

  private static func silence(
    _ index: Int, _ period: String, _ plan: NetworkPlan, _ settings: TrainingSettings,
    _ range: MembraneRange?
  ) -> String {
    let layer = plan.layers[index]
    let behind = plan.layers.dropFirst(index + 1).map(\.name)
    let effect =
      behind.isEmpty ? "the network answers nothing" : "nothing reaches \(list(behind))"
    let gain = settings.weightGain
    var remedy = "raise the weight gain from \(short(gain)) to \(short(3 * gain))"
    if let range, range.largest > 0 {
      let theta = range.threshold
      // Half as much again as what brings the largest membrane to the threshold.
      let needed = max(3, 1.5 * theta / range.largest)
      let lower = min(theta / 2, range.largest / 1.5)
      remedy =
        "raise the weight gain from \(short(gain)) to \(short(needed * gain)), or lower theta"
        + " from \(short(theta)) to \(short(lower))"
    } else if let theta = range?.threshold {
      remedy += ", or lower theta from \(short(theta)) to \(short(theta / 3))"
    }
    if let wider = settings.surrogate.widened {
      remedy += ", or take a wider surrogate (\(wider) instead of \(settings.surrogate))"
    }
    let reach = range.map {
      ": its membranes reach \(short($0.largest)) at most and \(short($0.mean)) in the mean, and"
        + " theta is \(short($0.threshold))"
    }
    return
      "layer \(layer.name) did not spike once \(period), so that \(effect)\(reach ?? ""); \(remedy)"
  }

  private static func saturation(
    _ name: String, _ rate: Double, _ period: String, _ settings: TrainingSettings
  ) -> String {
    "layer \(name) spiked at \(Int((100 * rate).rounded(.down))) % of all neurons and steps"
      + " \(period), which carries little information and costs the hardware most; lower the weight"
      + " gain from \(short(settings.weightGain)) to \(short(settings.weightGain / 3)), or raise theta"
  }

  private static func list(_ names: [String]) -> String {
    names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and \(names[names.count - 1])"
  }

  /// Three digits, as people write numbers to try.
  private static func short(_ value: Float) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var scale: Float = 1
    while abs(value) * scale < 100, scale < 1e30 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && abs(rounded) < 1e6 ? "\(Int(rounded))" : "\(rounded)"
  }
}

extension Surrogate {
  /// The same with a fifth of its steepness, so that it reaches membranes far from the threshold.
  fileprivate var widened: Surrogate? {
    switch self {
    case .fastSigmoid(let slope): .fastSigmoid(slope: slope / 5)
    case .arctangent(let alpha): .arctangent(alpha: alpha / 5)
    case .sigmoid(let slope): .sigmoid(slope: slope / 5)
    case .triangle(let slope): .triangle(slope: slope / 5)
    case .spikeRateEscape, .straightThrough, .triangularOfSnnTorch: nil
    }
  }
}
