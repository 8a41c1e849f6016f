extension LayerCounters {
  /// Adds the counts of another sample, or of another group of samples, of the same layer.
  ///
  /// All counts add up but ``largestList``, of which the larger one stays.
  public mutating func add(_ other: LayerCounters) {
    inputSpikes += other.inputSpikes
    encodedSpikes += other.encodedSpikes
    encoderChunks += other.encoderChunks
    frames += other.frames
    largestList = max(largestList, other.largestList)
    inputReads += other.inputReads
    spikeWrites += other.spikeWrites
    weightReads += other.weightReads
    potentialReads += other.potentialReads
    potentialWrites += other.potentialWrites
    accumulateCycles += other.accumulateCycles
    activateCycles += other.activateCycles
    activations += other.activations
    droppedWrites += other.droppedWrites
  }
}
