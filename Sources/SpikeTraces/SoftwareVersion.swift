/// The version of this software, as traces and results record it.
public enum SoftwareVersion {
  /// The semantic version of this release.
  public static let current = "0.1.0"
}
