/// The seed paper's accelerator: convolution layers with OR pooling, then fully connected layers,
/// one after another in lock-step.
///
/// Timing of the register-transfer code published with arXiv:2402.06211 (SNN-DSE, commit 161404c of
/// 2023-12-11); docs/hardware/conv-2023.md states every rule.
public enum Conv2023 {
  /// The platform's name in hardware files and vectors.
  public static let name = "conv-2023"
}
