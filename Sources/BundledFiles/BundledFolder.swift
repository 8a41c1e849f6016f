import Foundation

/// The data files that come with the program, in folders beside it.
package enum BundledFolder {
  /// Where a folder of a target's resources is.
  ///
  /// Looks beside the program instead of asking `Bundle.module`, which ends the program if a copied
  /// executable has lost its resources.
  ///
  /// - Parameters:
  ///   - name: the folder.
  ///   - target: the target whose resource it is.
  /// - Returns: its path; nil if it was not kept beside the program.
  package static func path(_ name: String, of target: String) -> String? {
    beginnings.lazy
      .map { $0.appendingPathComponent("Lockstep_\(target).resources/\(name)").path }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// Where the program is, as messages say it.
  package static var program: String { beginnings.first?.path ?? "" }

  private static var beginnings: [URL] {
    [
      Bundle.main.bundleURL, Bundle.main.resourceURL,
      Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent(),
      CommandLine.arguments.first.map {
        URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent()
      },
    ].compactMap { $0 }
  }
}
