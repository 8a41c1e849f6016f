import CTrainingKernels

/// One worker's memory for lists of events and padded frames, enough for any of some layers.
package final class ConnectionScratch {
  let starts: UnsafeMutablePointer<Int32>
  let codes: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Float>
  let lanes: UnsafeMutablePointer<lockstep_lanes>
  let patterns: UnsafeMutablePointer<UInt16>
  /// What is not zero in the frames of a weight gradient.
  let masks: UnsafeMutablePointer<UInt16>
  /// Events by channel: the end of every channel, places and values.
  let channelEnds: UnsafeMutablePointer<Int32>
  let places: UnsafeMutablePointer<Int32>
  let placedValues: UnsafeMutablePointer<Float>
  let padded: UnsafeMutablePointer<Float>
  /// Three lines of two rows of the neurons of a layer.
  let lines: UnsafeMutablePointer<Float>
  /// Measures the kernels that use this memory; usually nil.
  package var clock: StageClock?
  private let storage: [FloatStorage]

  /// Allocates memory for all time steps of `samples` samples.
  package init(_ plans: [ConnectionPlan], samples: Int = 1) throws(MemoryShortage) {
    func most(
      _ count: (ConnectionPlan) throws(MemoryShortage) -> Int
    ) throws(MemoryShortage) -> Int {
      try plans.map(count).max() ?? 0
    }
    // What waits for the last step of a sample is listed for all steps; every list may write a little
    // behind its end.
    let values = try most { plan throws(MemoryShortage) in
      let most = max(plan.geometry.inputCount, plan.geometry.outputCount, plan.paddedGradientCount)
      return try FloatStorage.product(plan.timeSteps, most + 32, plan.isFull ? samples : 1)
    }
    let starts = try most { plan throws(MemoryShortage) in
      let pixels = max(
        plan.geometry.inputHeight * plan.geometry.inputWidth,
        plan.paddedGradientCount / plan.geometry.outputChannels)
      return try FloatStorage.product(plan.timeSteps, plan.isFull ? samples : pixels + 1) + 1
    }
    let patterns = try most { ($0.timeSteps * $0.patternCount + 1) / 2 }
    let channels = try most { plan throws(MemoryShortage) in
      guard plan.isFull else { return plan.geometry.inputChannels }
      let bands = samples * plan.timeSteps / ConnectionPlan.copiedRows + 1
      return try FloatStorage.product(bands, plan.geometry.inputCount)
    }
    let padded = try most { plan throws(MemoryShortage) in
      plan.isFull
        ? try FloatStorage.product(samples, plan.timeSteps, ConnectionPlan.copiedOutputs)
        : max(
          try FloatStorage.product(plan.timeSteps, plan.paddedInputCount), plan.paddedGradientCount)
    }
    let lines = try most { 6 * $0.geometry.outputWidth * $0.geometry.outputChannels }
    let masks = try most { ($0.maskCount(samples: samples) + 1) / 2 }
    let storage = try [
      starts, values, values, values / 8 + 64, patterns, channels, values, values, padded, lines,
      masks,
    ].map { count throws(MemoryShortage) in try FloatStorage(count: count) }
    self.storage = storage
    func integers(_ storage: FloatStorage) -> UnsafeMutablePointer<Int32> {
      UnsafeMutableRawPointer(storage.start).assumingMemoryBound(to: Int32.self)
    }
    self.starts = integers(storage[0])
    codes = integers(storage[1])
    self.values = storage[2].start
    lanes = UnsafeMutableRawPointer(storage[3].start).assumingMemoryBound(
      to: lockstep_lanes.self)
    self.patterns = UnsafeMutableRawPointer(storage[4].start).assumingMemoryBound(to: UInt16.self)
    channelEnds = integers(storage[5])
    places = integers(storage[6])
    placedValues = storage[7].start
    self.padded = storage[8].start
    self.lines = storage[9].start
    self.masks = UnsafeMutableRawPointer(storage[10].start).assumingMemoryBound(to: UInt16.self)
  }
}
