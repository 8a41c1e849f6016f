import Foundation
import PowerEstimation
import TestSupport
import Testing

/// The rows of published accelerators, and the published ratios as far as their inputs are known.
struct PublishedAcceleratorTests {
  private func row(_ name: String, _ data: String) throws -> PublishedAccelerator {
    try #require(
      try PublishedAccelerator.all().first { $0.name == name && $0.data == data })
  }

  @Test func everyRowHasASourceAndMarksWhatIsDerived() throws {
    let rows = try PublishedAccelerator.all()
    #expect(rows.count == 15)
    #expect(rows.filter(\.isSecondHand).count == 12)
    for row in rows {
      #expect(!row.source.isEmpty)
      // Power, energy, rate: each pair gives the third.
      let rate = row.imagesPerSecond ?? row.latencySeconds.map { 1 / $0 }
      if let rate, let power = row.power, let energy = row.energyPerImage {
        #expect(abs(power / rate / energy - 1) < 0.02, "\(row.name) \(row.data)")
      }
      if let figure = row.imagesPerJoule, let energy = row.energyPerImage {
        #expect(abs(figure * energy - 1) < 0.01, "\(row.name) \(row.data)")
        #expect(row.derived.contains(.imagesPerJoule))
      }
    }
  }

  /// DATE 2025, Table II: rate coding with 25 time steps takes 26.4 times the energy of direct coding.
  @Test func theRatioOfTheCodings() throws {
    let direct = try row("hybrid-2024, LW, direct coding", "CIFAR-10")
    let rate = try row("hybrid-2024, LW, rate coding", "CIFAR-10")
    let ratio = try #require(rate.energyPerImage) / #require(direct.energyPerImage)
    #expect(abs(ratio - 26.4) < 0.06)
  }

  /// DATE 2024: 1.11 and 1.72 times the 840 images a joule of ELIF-NHAS, if those are of SVHN.
  @Test func theRatiosToThePriorWork() throws {
    let prior = try #require(try row("ELIF-NHAS", "SVHN").imagesPerJoule)
    #expect(abs(1 / (1.11 * prior) - 1.07e-3) < 0.01e-3)
    #expect(abs(1 / (1.72 * prior) - 0.69e-3) < 0.01e-3)
  }

  /// One run of a VGG9 in the published repository, layer by layer.
  @Test func thePublishedRunAddsUp() throws {
    let cycles = [64_846, 423_543, 140_248, 123_635, 121_550, 114_702, 111_198, 64_610, 1_293]
    #expect(cycles.reduce(0, +) == 1_165_625)
    // 11.66 ms at 100 MHz. At the vectorless power of the smaller VGG9 on its device that is tens of
    // millijoules, static power alone 28 or more: the paper's 7.6 mJ are of another run.
    let device = try DeviceLibrary.device("XCVU13P")
    let set = try DeviceLibrary.coefficients(of: device)
    let total = ExampleDesigns.report(ExampleDesigns.vgg9, on: device).total
    var power = device.staticPower
    for (kind, resource) in [
      (PowerCoefficient.Kind.logic, Resource.logicTables), (.signals, .logicTables),
      (.register, .flipFlops), (.clock, .flipFlops), (.blockRAM, .blockRAMs),
    ] {
      power += set[kind].energy * (total[resource] * 1e8)
    }
    let energy = power * 1_165_625e-8
    #expect(energy.low > 0.028 && !energy.contains(7.6e-3))
  }

  @Test(arguments: [
    ("second-hand: true", "second-hand: maybe", "true or false"),
    ("energy: 7.6 mJ", "energy: 7.6", "with its unit"),
    ("accuracy: 87.1", "accuracy: high", "number"),
    ("  - name: SyncNN\n", "  - names: SyncNN\n", "did you mean 'name'"),
  ])
  func wrongRowsAreRefused(text: String, wrong: String, message: String) throws {
    let source = Fixture.url(
      "accelerators.yaml", folder: "../../Sources/PowerEstimation/Data")
    let content = try String(contentsOf: source, encoding: .utf8)
    let folder = try TemporaryFolder()
    let path = try folder.write(
      content.replacingOccurrences(of: text, with: wrong), to: "a.yaml")
    let error = #expect(throws: EstimationError.self) { try PublishedAccelerator.read(path: path) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
