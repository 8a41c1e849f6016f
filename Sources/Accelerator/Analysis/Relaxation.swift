import SpikeTraces

/// A little more hardware for one layer, to see what it would save.
public struct Relaxation: Sendable {
  /// The layer's position.
  public let layer: Int
  /// The key of the hardware file that changes.
  public let parameter: HardwareParameter
  /// Its value now.
  public let from: Int
  /// Its value with more hardware.
  public let to: Int
  /// The accelerator with it.
  public let hardware: BoundHardware
}

extension BoundHardware {
  /// The smallest steps up from this hardware that the platform allows: each changes one parameter
  /// of one layer.
  ///
  /// - Parameter header: the header of the trace that the hardware is fitted to.
  /// - Returns: the steps, in the order of the layers and of the platform's parameters.
  public func relaxations(for header: TraceHeader) -> [Relaxation] {
    layers.indices.flatMap { layer in
      type(of: model).layerParameters.of(layers[layer].kind).compactMap { parameter in
        relaxation(of: parameter, layer: layer, for: header)
      }
    }
  }

  /// The smallest step up of one parameter, if there is one that changes the accelerator.
  private func relaxation(
    of parameter: HardwareParameter, layer: Int, for header: TraceHeader
  ) -> Relaxation? {
    guard let step = parameter.relaxation, case .integer(let range) = parameter.type,
      let now = value(of: parameter, layer: layer)
    else { return nil }
    for candidate in step.candidates(from: now, in: range) {
      var file = file
      file.layers[layer].numbers[parameter.key] = candidate
      guard let relaxed = try? file.bind(to: header, trace: ""),
        (try? relaxed.model.check()) != nil, relaxed.isFaster(than: self, layer, step)
      else { continue }
      return Relaxation(
        layer: layer, parameter: parameter, from: now, to: candidate, hardware: relaxed)
    }
    return nil
  }

  private func value(of parameter: HardwareParameter, layer: Int) -> Int? {
    switch parameter.key {
    case HardwareParameter.processingElements.key: layers[layer].processingElements
    case HardwareParameter.encoderWidth.key: layers[layer].encoderWidth
    default: file.layers[layer][parameter] ?? parameter.defaultNumber
    }
  }

  /// Whether the step changes anything that costs cycles.
  private func isFaster(
    than other: BoundHardware, _ layer: Int, _ step: HardwareParameter.RelaxationStep
  ) -> Bool {
    switch step {
    case .fewerPasses: layers[layer].passes < other.layers[layer].passes
    case .double, .oneMore, .oneLess: true
    }
  }
}

extension HardwareParameter {
  /// How a parameter grows by the least that can matter.
  public enum RelaxationStep: String, Hashable, Codable, Sendable {
    /// The next larger value with which the layer needs fewer passes.
    case fewerPasses
    /// Twice as much.
    case double
    /// One more.
    case oneMore
    /// One less.
    case oneLess

    /// Values to try, the least change first.
    func candidates(from value: Int, in range: ClosedRange<Int>) -> [Int] {
      let all =
        switch self {
        case .fewerPasses: Array((value + 1)...(4 * value + 64))
        case .double: [2 * value]
        case .oneMore: [value + 1]
        case .oneLess: [value - 1]
        }
      return all.filter(range.contains)
    }
  }
}
