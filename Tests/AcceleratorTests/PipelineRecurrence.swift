import Accelerator

/// The timing of platform fc-2023 in closed form: one maximum a time step and layer.
///
/// For inputs without empty time steps; it shares no code with the simulation.
struct PipelineRecurrence {
  /// A time step that enters a layer, or leaves the last one.
  struct Line: Hashable {
    let cycle: UInt64
    let boundary: Int
    let step: Int
  }

  private(set) var lines: Set<Line> = []
  private(set) var end: UInt64 = 0

  init(_ geometry: PipelineGeometry, spikes: [[UInt32]]) {
    // The first controller's end moves nothing before itself, so a second pass is exact.
    let firstEnd = solve(geometry, spikes, firstEnd: .max)
    _ = solve(geometry, spikes, firstEnd: firstEnd)
  }

  private mutating func solve(
    _ geometry: PipelineGeometry, _ spikes: [[UInt32]], firstEnd: UInt64
  ) -> UInt64 {
    let layers = geometry.neurons.count
    func descends(_ layer: Int, _ cycle: UInt64) -> Bool {
      switch layer {
      case 0: false
      case 1 where cycle > firstEnd && firstEnd.isMultiple(of: 2): false
      default: !cycle.isMultiple(of: 2)
      }
    }
    lines = []
    /// When each layer left its hold in the time step before.
    var left: [UInt64?] = Array(repeating: nil, count: layers)
    for step in 0..<geometry.timeSteps {
      var filled: UInt64 = 0
      for layer in 0..<layers {
        let rest = left[layer].map { $0 + 4 } ?? 0
        let list = layer == 0 ? rest : max(filled, rest) + 1
        lines.insert(Line(cycle: list, boundary: layer, step: step))
        let perSpike = UInt64((4 * geometry.logicalToHardwareRatios[layer]) & 255) + 2
        var leave = list + 1 + UInt64(spikes[layer][step]) * perSpike
        if layer + 1 < layers, let released = left[layer + 1].map({ $0 + 2 }) {
          leave = max(leave, descends(layer, released) ? released : released + 1)
        }
        left[layer] = leave
        filled = leave + 2
        if descends(layer, filled) { filled += 1 }
      }
      end = (left[layers - 1] ?? 0) + 3
      lines.insert(Line(cycle: end, boundary: layers, step: step))
    }
    return (left[0] ?? 0) + 4
  }
}
