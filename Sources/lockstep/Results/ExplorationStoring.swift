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
  ///   - traces: the spikes that it measured with.
  ///   - store: the store.
  /// - Throws: `ExplorationError` if it cannot be written.
  static func record(
    _ report: ExplorationReport, _ exploration: DesignExploration, _ traces: [TraceReader],
    in store: ResultStore
  ) throws {
    var spikes: [String: String] = [:]
    for trace in traces {
      var digest = Fingerprint()
      digest.add(bytes: try Data(contentsOf: URL(fileURLWithPath: trace.path)))
      spikes[trace.path] = digest.text
    }
    let designs = report.front.map { design in
      let text = exploration.hardware(of: design, name: report.space).yaml
      let variant = report.variants[design.variant]
      let fingerprint = spikes[variant.trace] ?? ""
      var key = Fingerprint()
      key.add(report.softwareVersion)
      key.add(text)
      key.add("\(fingerprint) \(variant.firstSample) \(variant.samples)")
      return RecordedDesign(
        key: key.text, design: design, hardwareText: text, traceFingerprint: fingerprint)
    }
    let new = try store.append(designs, of: report)
    StandardError.write("\(store.path): \(new) of \(designs.count) designs are new\n")
  }
}
