import Foundation
import PowerEstimation
import TestSupport
import Testing

/// Vivado's reports as text, and devices made of them.
struct CalibrationTests {
  private func text(_ name: String) throws -> String {
    String(decoding: try Fixture.data(name), as: UTF8.self)
  }

  private func pair(power scale: (String) -> String = { $0 }) throws -> Calibration.Pair {
    try Calibration.Pair(
      utilization: UtilizationReport(text: text("vivado-utilization.txt"), path: "u.txt"),
      power: VivadoPowerReport(text: scale(text("vivado-power.txt")), path: "p.txt"),
      clockHertz: nil, name: "p.txt")
  }

  @Test func reportsAreRead() throws {
    let pair = try pair()
    #expect(
      pair.utilization.counts
        == ResourceCounts(
          logicTables: 50_000, memoryTables: 904, flipFlops: 40_000, blockRAMs: 123.5,
          ultraRAMs: 40, multipliers: 0))
    #expect(pair.utilization.device == "xcku5p-ffvb676-2-e")
    #expect(pair.clockHertz == 1e8)
    #expect(pair.power.voltage == 0.85)
    #expect(pair.power.staticPower.value == 0.45)
    #expect(pair.power.components[.blockRAM]?.value == 0.110)
    // Three decimals: half a milliwatt either way.
    #expect(pair.power.dynamicPower.contains(0.5496))
    #expect(!pair.power.dynamicPower.contains(0.5490))
  }

  @Test func series7NamesTheSameThingsOtherwise() throws {
    let text = try text("vivado-utilization.txt")
      .replacingOccurrences(of: "CLB Registers ", with: "Slice Registers")
      .replacingOccurrences(of: "| URAM   ", with: "| none   ")
    let report = try UtilizationReport(text: text, path: "u.txt")
    #expect(report.counts.flipFlops == 40_000)
    #expect(report.counts.ultraRAMs == 0)
  }

  @Test func aSingleDesignGivesItsOwnCoefficients() throws {
    let device = try DeviceLibrary.device("XCKU5P")
    let calibration = try Calibration(device, from: [try pair()])
    let block = try #require(calibration.device.calibrated.first { $0.kind == .blockRAM })
    #expect(abs(block.energy.value - 0.110 / (123.5 * 1e8)) < 1e-18)
    #expect(block.energy.contains(0.1104 / (123.5 * 1e8)))
    #expect(calibration.device.staticPower.value == 0.45)
    // No multiplier is used: its coefficient stays that of the set.
    #expect(!calibration.device.calibrated.contains { $0.kind == .multiplier })
    // What remains is the power of the pins, 15 mW of 1 W, which no coefficient stands for.
    let residual = try #require(calibration.residuals.first)
    #expect(abs(residual.relative + 0.015) < 0.001)
    let set = try DeviceLibrary.coefficients(of: calibration.device)
    #expect(set[.blockRAM].energy == block.energy)
  }

  @Test func severalDesignsAreFittedTogether() throws {
    let double = try pair {
      $0.replacingOccurrences(of: "|     0.110 |", with: "|     0.220 |")
    }
    let device = try DeviceLibrary.device("XCKU5P")
    let calibration = try Calibration(device, from: [try pair(), double])
    let block = try #require(calibration.device.calibrated.first { $0.kind == .blockRAM })
    // c minimises (c/1 - 1)² + (c/2 - 1)²: c = (1 + 1/2) / (1 + 1/4) = 1.2 of the first.
    #expect(abs(block.energy.value / (0.110 / (123.5 * 1e8)) - 1.2) < 1e-9)
    #expect(block.energy.contains(0.110 / (123.5 * 1e8)))
    #expect(block.energy.contains(0.220 / (123.5 * 1e8)))
  }

  @Test func calibratedDevicesAreWrittenAndReadBack() throws {
    var calibration = try Calibration(try DeviceLibrary.device("XCKU5P"), from: [try pair()])
    calibration.adopt(
      estimate: ResourceCounts(logicTables: 100_000, flipFlops: 50_000),
      measured: ResourceCounts(logicTables: 80_000, flipFlops: 50_000, blockRAMs: 3))
    let device = calibration.device
    let read = try Device(data: Data(device.yaml.utf8), path: "mine.yaml")
    #expect(read.name == device.name && read.capacity == device.capacity)
    #expect(read.resourceScale == [.logicTables: 0.8, .flipFlops: 1])
    #expect(read.calibrated.map(\.kind) == device.calibrated.map(\.kind))
    for (left, right) in zip(read.calibrated, device.calibrated) {
      #expect(abs(left.energy.value / right.energy.value - 1) < 1e-6)
      #expect(left.source == right.source)
    }
    // Estimates are scaled by what was measured.
    let plain = ExampleDesigns.report(
      ExampleDesigns.svhn([32, 32, 8, 8]), on: try DeviceLibrary.device("XCKU5P"))
    let scaled = ExampleDesigns.report(ExampleDesigns.svhn([32, 32, 8, 8]), on: read)
    #expect(
      abs(scaled.total.value.logicTables / plain.total.value.logicTables - 0.8) < 1e-9)
  }

  @Test(arguments: [
    ("| Device Static (W)        | 0.450        |", "", "Device Static (W)"),
    ("|   LUT as Logic ", "|   LUTs ", "On-Chip Components"),
    ("report_power", "report_timing", "not a text that Vivado's 'report_power' wrote"),
    ("Dynamic (W)              | 0.550", "Dynamic (W)              | NA", "'Dynamic (W)'"),
  ])
  func wrongPowerReportsAreRefused(text: String, wrong: String, message: String) throws {
    let changed = try self.text("vivado-power.txt").replacingOccurrences(of: text, with: wrong)
    let error = #expect(throws: EstimationError.self) {
      try VivadoPowerReport(text: changed, path: "p.txt")
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(error?.file == "p.txt")
  }

  @Test(arguments: [
    ("| LUT as Memory", "| Memory", "Used"),
    ("report_utilization", "report_x", "report_utilization"),
    ("Block RAM Tile    | 123.5", "Block RAM Tile    |   n/a", "'Block RAM Tile'"),
  ])
  func wrongUtilizationReportsAreRefused(text: String, wrong: String, message: String) throws {
    let changed = try self.text("vivado-utilization.txt")
      .replacingOccurrences(of: "|   LUT as Memory", with: "| LUT as Memory")
      .replacingOccurrences(of: text, with: wrong)
    let error = #expect(throws: EstimationError.self) {
      try UtilizationReport(text: changed, path: "u.txt")
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func missingAndForeignFilesAreRefused() throws {
    let folder = try TemporaryFolder()
    #expect(throws: EstimationError.self) { try UtilizationReport(path: folder.path("none")) }
    let foreign = try folder.write("LUT as Logic 100\n", to: "foreign.txt")
    #expect(throws: EstimationError.self) { try UtilizationReport(path: foreign) }
    #expect(throws: EstimationError.self) { try VivadoPowerReport(path: foreign) }
  }

  @Test func theTwoReportsAreToldApart() throws {
    let (utilization, power) = (try text("vivado-utilization.txt"), try text("vivado-power.txt"))
    let swapped = #expect(throws: EstimationError.self) {
      try VivadoPowerReport(text: utilization, path: "p.txt")
    }
    #expect(swapped?.description.contains("heading names 'report_utilization") == true)
    #expect(throws: EstimationError.self) { try UtilizationReport(text: power, path: "u.txt") }
    let quartus = "; Fitter Summary ;\n; Quartus Prime Version ; 22.1 ;\n| ALMs | 12 |\n"
    let other = #expect(throws: EstimationError.self) {
      try UtilizationReport(text: quartus, path: "u.txt")
    }
    #expect(other?.description.contains("of Quartus, whose reports are not read") == true)
  }

  /// Versions with the same rows are read; of others the missing row and the version are named.
  @Test func otherVersionsOfVivado() throws {
    let newer = try text("vivado-power.txt")
      .replacingOccurrences(of: "v.2022.2", with: "v.2035.1")
      .replacingOccurrences(of: "| Signals ", with: "| Something new | 0.1 |\n| Signals ")
    #expect(try VivadoPowerReport(text: newer, path: "p.txt").components[.signals]?.value == 0.15)
    let renamed = newer.replacingOccurrences(of: "|   LUT as Logic ", with: "|   Fabric ")
    let error = #expect(throws: EstimationError.self) {
      try VivadoPowerReport(text: renamed, path: "p.txt")
    }
    #expect(error?.description.contains("(of Vivado v.2035.1)") == true)
  }

  @Test func truncatedReportsAreRefusedOrWhole() throws {
    for name in ["vivado-utilization.txt", "vivado-power.txt"] {
      let text = try text(name)
      for length in stride(from: 0, to: text.count, by: 23) {
        let part = String(text.prefix(length))
        if name == "vivado-power.txt" {
          // Whatever was read has all the sums, and the clock's share.
          if let report = try? VivadoPowerReport(text: part, path: "p") {
            #expect(report.components[.clock] != nil && report.components[.ultraRAM] != nil)
          }
        } else if let report = try? UtilizationReport(text: part, path: "u") {
          #expect(report.counts.blockRAMs == 123.5)
        }
      }
    }
  }

  @Test func theClockMustBeKnown() throws {
    let text = try text("vivado-power.txt").replacingOccurrences(
      of: "| clk   | clk    |            10.0 |",
      with: "| clk   | clk    |            10.0 |\n| fast  | fast   |             5.0 |")
    let error = #expect(throws: EstimationError.self) {
      _ = try pair { _ in text }
    }
    #expect(error?.description.contains("--clock") == true)
  }

  @Test func reportsOfAnotherDeviceAreRefused() throws {
    let error = #expect(throws: EstimationError.self) {
      _ = try Calibration(try DeviceLibrary.device("XCVU9P"), from: [try pair()])
    }
    #expect(error?.description.contains("not of XCVU9P") == true)
    #expect(throws: EstimationError.self) {
      _ = try Calibration(try DeviceLibrary.device("XCVU9P"), from: [])
    }
  }
}
