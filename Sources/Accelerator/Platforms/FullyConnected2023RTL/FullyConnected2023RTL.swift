/// The register-transfer design of the fully connected generation of 2023: one layer, one spike train
/// at a time.
///
/// Timing of the register-transfer code published with arXiv:2310.16745; docs/hardware/fc-2023.md,
/// "Register-transfer design", states every rule.
public enum FullyConnected2023RTL {
  /// The platform's name in hardware files and vectors.
  public static let name = "fc-2023-rtl"
}
