import ArgumentParser
import Exploration
import Foundation
import SpikeTraces
import Training

/// `--store` of `lockstep explore`: keeps the designs of the front.
struct ExplorationStoring: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the designs of the front in this store, with their hardware files (view design_results).",
      valueName: "file"),
    completion: .file(extensions: ["sqlite"]))
  var store: String?

  /// Opens the store, so that one that cannot be written is noticed before the search.
  func opened() throws -> ResultStore? {
    guard let store else { return nil }
    guard ResultStore.isStore(store) else {
      throw ValidationError("--store is '\(store)'; end the name of a store in .sqlite.")
    }
    return try ResultStore(path: store, for: .writing)
  }

  /// Adds the front of a search to a store.
  ///
  /// - Parameters:
  ///   - report: what was found.
  ///   - exploration: the search, which knows the hardware of a design.
  ///   - trace: the spikes that it measured with.
  ///   - store: the store.
  /// - Throws: `ExplorationError` if it cannot be written.
  static func record(
    _ report: ExplorationReport, _ exploration: DesignExploration, _ trace: TraceReader,
    in store: ResultStore
  ) throws {
    var digest = Fingerprint()
    digest.add(bytes: try Data(contentsOf: URL(fileURLWithPath: trace.path)))
    let spikes = digest.text
    let designs = report.front.map { design in
      let text = exploration.hardware(of: design, name: report.space).yaml
      var key = Fingerprint()
      key.add(report.softwareVersion)
      key.add(text)
      key.add("\(spikes) \(report.firstSample) \(report.samples)")
      return RecordedDesign(key: key.text, design: design, hardwareText: text)
    }
    let new = try store.append(designs, of: report, traceFingerprint: spikes)
    StandardError.write("\(store.path): \(new) of \(designs.count) designs are new\n")
  }
}
