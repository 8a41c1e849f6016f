/// A statistic that replays report for every layer.
public struct ReplayStatistic: Hashable, Codable, Sendable {
  /// The field of ``LayerCounters``.
  public let name: String
  /// What is counted.
  public let unit: String
  /// One sentence.
  public let explanation: String
}

extension LayerCounters {
  /// What replays count, in the order of a layer's work.
  public static let statistics: [ReplayStatistic] = [
    .init(
      name: "inputSpikes", unit: "spikes",
      explanation: "spikes of all input frames, each once however often the hardware reads them"),
    .init(name: "frames", unit: "frames", explanation: "frames compressed, over all passes"),
    .init(
      name: "encoderChunks", unit: "chunks",
      explanation: "chunks that the priority encoder loaded, over all passes"),
    .init(
      name: "encodedSpikes", unit: "spikes",
      explanation: "spikes that the priority encoder listed, over all passes"),
    .init(
      name: "largestList", unit: "spikes",
      explanation: "the most spikes in the address list at once"),
    .init(
      name: "accumulateCycles", unit: "cycles",
      explanation: "cycles in which the processing elements are told to accumulate"),
    .init(
      name: "activateCycles", unit: "cycles",
      explanation: "cycles in which the processing elements are told to activate"),
    .init(
      name: "activations", unit: "sweeps", explanation: "activation sweeps that took place"),
    .init(
      name: "inputReads", unit: "cycles",
      explanation: "read-enable cycles of the input spike RAM"),
    .init(
      name: "weightReads", unit: "reads",
      explanation: "reads of the weight RAMs, over all processing elements"),
    .init(
      name: "potentialReads", unit: "reads",
      explanation: "reads of the membrane potential RAMs, over all processing elements"),
    .init(
      name: "potentialWrites", unit: "writes",
      explanation: "writes of the membrane potential RAMs, over all processing elements"),
    .init(
      name: "spikeWrites", unit: "cycles",
      explanation: "write-enable cycles of the output spike RAM"),
    .init(
      name: "droppedWrites", unit: "frames",
      explanation: "finished spike frames that the writer missed because it was busy"),
  ]
}
