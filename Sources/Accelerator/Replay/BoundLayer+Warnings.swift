extension BoundLayer {
  /// Passes over the input: how often the processing elements are reused.
  var passes: Int {
    let outputs =
      switch geometry {
      case .convolution(let layer): layer.outputChannels
      case .fullyConnected(let layer): layer.neurons
      }
    return (outputs + geometry.processingElements - 1) / geometry.processingElements
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
    if case .fullyConnected(let layer) = geometry, layer.timeSteps > Self.latchedTimeSteps {
      warnings.append(
        "\(name): \(layer.timeSteps) time steps are more than the \(Self.latchedTimeSteps) for which "
          + "the published fully connected layer was built; its register-transfer code does not latch "
          + "the totals beyond them, so cycles there are an extrapolation")
    }
    return warnings
  }

  /// The number of spikes at which the hardware's counter of a frame starts again from zero.
  private var countLimit: Int {
    func powerOfTwo(from value: Int) -> Int {
      var power = 1
      while power < value { power *= 2 }
      return power
    }
    switch geometry {
    case .convolution(let layer): return powerOfTwo(from: layer.listCapacity)
    case .fullyConnected(let layer): return min(2 * powerOfTwo(from: layer.listCapacity), 512)
    }
  }

  /// The loop bound of the published fully connected layer (conv-2023, section 6).
  private static let latchedTimeSteps = 25
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
