extension BoundLayer {
  /// Passes over the input: how often the processing elements are reused.
  var passes: Int {
    switch geometry {
    case .convolution(let layer): layer.phases
    case .fullyConnected(let layer): layer.passes
    }
  }

  /// Where the published hardware does something that its user would not expect.
  ///
  /// The numbers of a report are those of the hardware as published; these sentences say where it
  /// thereby loses work.
  func warnings(_ sums: ReplayAggregate.Layer, name: String, samples: Int) -> [String] {
    var warnings: [String] = []
    if sums.counters.droppedWrites > 0 {
      warnings.append(
        "\(name): the spike writer was busy when \(sums.counters.droppedWrites) finished frames "
          + "arrived, in \(sums.samplesWithDrops) of \(samples) samples; the hardware drops such "
          + "frames. Fewer processing elements shorten its turn")
    }
    let capacity = geometry.listCapacity
    if sums.largestFrame > UInt64(capacity) {
      warnings.append(
        "\(name): a frame has \(sums.largestFrame) spikes, more than the \(capacity) entries of the "
          + "address list; the hardware drops the rest. Raise 'list-capacity'")
    } else if sums.largestFrame >= UInt64(countLimit) {
      warnings.append(
        "\(name): a frame has \(sums.largestFrame) spikes, and the hardware's spike counter wraps "
          + "round at \(countLimit). Raise 'list-capacity'")
    }
    if case .fullyConnected(let layer) = geometry, layer.variant == .fc2 {
      warnings.append(
        "\(name): as published, the enables of this layer's processing elements are not connected, so "
          + "they rest while their control runs; the cycles are right, and the use of the PEs is the "
          + "time they are told to work")
    }
    return warnings
  }

  /// The number of spikes at which the hardware's counter of a frame starts again from zero.
  private var countLimit: Int {
    switch geometry {
    case .convolution(let layer): Int(layer.spikeCounterMask) + 1
    case .fullyConnected(let layer): Int(layer.spikeCounterMask) + 1
    }
  }
}

extension LayerGeometry {
  /// Bits that the priority encoder looks at in one chunk.
  var encoderWidth: Int {
    switch self {
    case .convolution(let layer): layer.encoderWidth
    case .fullyConnected(let layer): layer.encoderWidth
    }
  }

  /// Entries of the spike address list.
  var listCapacity: Int {
    switch self {
    case .convolution(let layer): layer.listCapacity
    case .fullyConnected(let layer): layer.listCapacity
    }
  }
}
