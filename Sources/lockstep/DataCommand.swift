import ArgumentParser
import Datasets
import Foundation
import Reports

/// `lockstep data`: which data sets there are, and what one of them holds.
struct DataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List the data sets that can be read, or inspect one of them.",
    discussion: """
      Without a path: every known data set, where it comes from, its files, their published \
      checksums, and its licence. With a path: what the samples there are, decoded one by one, and \
      whether files have the published checksums.

      EXAMPLES
        What can be read, and where to get it:
          lockstep data

        The digits that come with Lockstep:
          lockstep data digits

        The first 1,000 recordings of your copy of N-MNIST:
          lockstep data path/to/n-mnist --samples 1000
      """)

  @Argument(
    help: "A folder or file of a data set, FOLDER/PREFIX of an IDX pair, or a data set's name.")
  var path: String?

  @Option(help: "How many samples of each part to decode; all if not given.")
  var samples: Int?

  @ArgumentParser.Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func run() async throws {
    guard let path else {
      try StandardOutput.write(
        json ? try ResultJSON.text(Self.catalogue()) : Self.catalogueText())
      return
    }
    guard samples ?? 1 > 0 else {
      throw DatasetError(
        .invalidRequest, "\(samples ?? 0) samples were asked for", remedy: "give 1 or more")
    }
    let isQuiet = verbosity.quiet
    let found = try FoundData.open(path)
    var parts = [try DataInspection(found.training, part: "train", limit: samples, quiet: isQuiet)]
    if let test = found.test {
      parts.append(try DataInspection(test, part: "test", limit: samples, quiet: isQuiet))
    }
    let checksums = try found.known.map { try ChecksumCheck.files(of: $0, near: path) } ?? []
    let report = DataReport(
      dataSet: found.known?.name, parts: parts, checksums: checksums)
    try StandardOutput.write(json ? try ResultJSON.text(report) : report.text())
    if checksums.contains(where: { !$0.isRight }) { throw ExitStatus.checkFailed.asError }
  }

  private struct CatalogueEntry: Encodable {
    var name: String
    var contents: String
    var origin: String
    var licence: String
    var layout: String
    var files: [String: [String]]
    var checksumSource: String
  }

  private static func catalogue() -> [CatalogueEntry] {
    KnownDataSet.all.map { known in
      CatalogueEntry(
        name: known.name, contents: known.contents, origin: known.origin, licence: known.licence,
        layout: known.layout,
        files: Dictionary(uniqueKeysWithValues: known.files.map { ($0.name, $0.checksums) }),
        checksumSource: known.checksumSource)
    }
  }

  private static func catalogueText() -> String {
    KnownDataSet.all.map { known in
      var lines = [known.name, "  \(known.contents)", "  from     \(known.origin)"]
      for file in known.files {
        let sums = file.checksums.isEmpty ? "" : "  MD5 \(file.checksums.joined(separator: " or "))"
        lines.append("  file     \(file.name)\(sums)")
      }
      if !known.checksumSource.isEmpty { lines.append("  sums     \(known.checksumSource)") }
      lines += ["  place    \(known.layout)", "  licence  \(known.licence)"]
      return lines.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }
}
