/// What a layer's run leaves behind beside its output, in the order of what it costs.
package enum KeptActivity: Comparable, Sendable {
  /// Nothing; of the last layer, the membranes.
  case output
  /// What the kernels' short way back needs: the winners of pooled windows where they have that way, or
  /// else the membranes.
  case wayBack
  /// The membranes before each next step's reset.
  case membranes
  /// The membranes, and the spikes before a pooling.
  case spikes
}
