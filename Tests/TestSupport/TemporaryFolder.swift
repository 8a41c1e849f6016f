import Foundation

/// A folder that is removed when the last reference to it goes.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Creates an empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lockstep-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// The path of a file in it, which need not exist.
  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ content: Data, to name: String) throws -> String {
    try content.write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// Writes a text file and returns its path.
  @discardableResult
  public func write(_ content: String, to name: String) throws -> String {
    try write(Data(content.utf8), to: name)
  }

  /// The names of the files in it, sorted.
  public var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
