/// The accelerator of the second generation: a dense core for direct-coded first layers, sparse
/// convolution layers, fully connected layers; one after another in lock-step.
///
/// Timing of the register-transfer code published as SNN-DSE, branch DATE25, of 2024-12-09;
/// docs/hardware/hybrid-2024.md states every rule.
public enum Hybrid2024 {
  /// The platform's name in vectors.
  public static let name = "hybrid-2024"
}
