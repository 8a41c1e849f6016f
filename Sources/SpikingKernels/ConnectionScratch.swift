import CTrainingKernels

/// One worker's memory for lists of events and padded frames, enough for any of some layers.
package final class ConnectionScratch {
  let starts: UnsafeMutablePointer<Int32>
  let codes: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Float>
  let lanes: UnsafeMutablePointer<lockstep_lanes>
  /// Events by channel: the end of every channel, places and values.
  let channelEnds: UnsafeMutablePointer<Int32>
  let places: UnsafeMutablePointer<Int32>
  let placedValues: UnsafeMutablePointer<Float>
  let padded: UnsafeMutablePointer<Float>
  private let storage: [FloatStorage]

  package init(_ plans: [ConnectionPlan]) {
    var most = 0
    var padded = 0
    for plan in plans {
      let step = max(plan.geometry.inputCount, plan.geometry.outputCount)
      most = max(most, step * (plan.isFull ? plan.timeSteps * plan.deferredSamples : 1))
      padded = max(padded, plan.paddedGradientCount, plan.paddedInputCount)
    }
    let steps = plans.first?.timeSteps ?? 0
    let events = FloatStorage(count: 2 * most + 16 * steps + 64)
    let sorted = FloatStorage(count: 3 * most + 16 * steps + 64)
    let values = FloatStorage(count: most + 64)
    let sortedValues = FloatStorage(count: most + 64)
    let frames = FloatStorage(count: padded)
    let lanes = FloatStorage(count: most / 8 + 64)
    storage = [events, sorted, values, sortedValues, frames, lanes]
    self.lanes = UnsafeMutableRawPointer(lanes.start).assumingMemoryBound(
      to: lockstep_lanes.self)
    func integers(_ storage: FloatStorage) -> UnsafeMutablePointer<Int32> {
      UnsafeMutableRawPointer(storage.start).assumingMemoryBound(to: Int32.self)
    }
    codes = integers(events)
    starts = codes + (most + 16)
    places = integers(sorted)
    channelEnds = places + (most + 16)
    self.values = values.start
    placedValues = sortedValues.start
    self.padded = frames.start
  }
}
