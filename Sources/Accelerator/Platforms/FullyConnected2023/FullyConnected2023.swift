/// The fully connected design of 2023, as its authors' SystemC simulator times it: every layer works
/// on another time step, with a spike buffer of one time step between each two.
///
/// Timing of the simulator published with arXiv:2310.16745; docs/hardware/fc-2023.md states every
/// rule.
public enum FullyConnected2023 {
  /// The platform's name in hardware files and vectors.
  public static let name = "fc-2023"
}
