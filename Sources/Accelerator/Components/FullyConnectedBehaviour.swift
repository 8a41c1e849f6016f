/// What the engines of a fully connected layer do in the cases in which the platforms differ from
/// each other, or published hardware from repaired hardware.
struct FullyConnectedBehaviour: BitwiseCopyable {
  /// Passes over all input spikes; more than any run has, if the pass counter wraps before the last.
  var passes: Int
  /// Whether the comparison that ends the passes never holds.
  var neverEnds: Bool
  /// What survives of the spike count of a time step.
  var counterMask: UInt32
  /// The first spike of a list is not added, and lists of no spike or one not worked off.
  var losesFirstSpike: Bool
  /// Passes do not wait for the writer, which misses frames while it is busy.
  var overrunsWriter: Bool
}
