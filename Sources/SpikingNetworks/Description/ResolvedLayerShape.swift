/// The extents of one layer, from its input to what it hands on.
public struct ResolvedLayerShape: Hashable, Sendable {
  /// What the layer reads.
  public var input: FeatureShape
  /// What its linear operation yields.
  public var convolved: FeatureShape
  /// Its neurons.
  public var neurons: FeatureShape
  /// What it hands to the next layer.
  public var output: FeatureShape
}
