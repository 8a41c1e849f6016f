/// What happened in every layer while one sample ran.
public struct NetworkActivity: Sendable {
  /// The layers, from the first to the output.
  public let layers: [LayerActivity]
}
