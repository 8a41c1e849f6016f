import Accelerator
import Foundation
import PowerEstimation
import TestSupport
import Testing

/// Devices as data, and designs that fit them or not.
struct DeviceTests {
  @Test func everyDeviceOfTheIssueIsThere() throws {
    #expect(
      try DeviceLibrary.devices().map(\.name) == [
        "XC7A100T", "XC7Z020", "XCKU3P", "XCKU5P", "XCVU13P", "XCVU9P", "XCZU9EG",
      ])
    for device in try DeviceLibrary.devices() {
      let set = try DeviceLibrary.coefficients(of: device)
      #expect(Set(set.coefficients.map(\.kind)).count == PowerCoefficient.Kind.allCases.count)
      #expect(set.coefficients.allSatisfy { !$0.source.isEmpty && $0.energy.low > 0 })
    }
    #expect(try DeviceLibrary.device("Kintex UltraScale+ XCKU5P").name == "XCKU5P")
    #expect(try DeviceLibrary.device("xc7z020-1").memories == .series7)
  }

  @Test func unknownDevicesAreRefusedWithTheKnownOnes() {
    let error = #expect(throws: EstimationError.self) { try DeviceLibrary.device("XC2000") }
    #expect(error?.description.contains("XCKU5P") == true)
  }

  private func file(_ change: (String) -> String) throws -> String {
    let folder = try #require(
      Fixture.url("XCKU5P.yaml", folder: "../../hardware/devices") as URL?)
    return change(try String(contentsOf: folder, encoding: .utf8))
  }

  @Test(arguments: [
    ("look-up-tables: 216960", "look-up-tables: many", "whole number"),
    ("look-up-tables: 216960", "", "'look-up-tables' is missing"),
    ("look-up-tables: 216960", "look-up-tables: -1", "whole number"),
    ("memories: ultrascale", "memories: 8-series", "ultrascale, 7-series"),
    ("voltage: 0.85 V", "voltage: 0.85", "with its unit"),
    ("voltage: 0.85 V", "voltage: 0 V", "more than 0 V"),
    ("low: 0.3 W", "low: 0.6 W", "between low and high"),
    ("voltage: 0.85 V", "voltages: 0.85 V", "did you mean 'voltage'"),
    ("name: XCKU5P", "name: XCKU5P\nresource-scale: {LUT: 0}", "positive number"),
    ("name: XCKU5P", "name: XCKU5P\ncalibrated: {logic: {value: 1 fJ}}", "'low'"),
  ])
  func wrongDeviceFilesAreRefused(text: String, wrong: String, message: String) throws {
    let data = Data(try file { $0.replacingOccurrences(of: text, with: wrong) }.utf8)
    let error = #expect(throws: EstimationError.self) { try Device(data: data, path: "d.yaml") }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(error?.file == "d.yaml")
  }

  @Test func damagedDeviceFilesNeverCrash() throws {
    let text = try file { $0 }
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var bytes = Array(text.utf8)
      if Bool.random(using: &generator) {
        bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      do { _ = try Device(data: Data(bytes), path: "d.yaml") } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test func whatDoesNotFitSaysByHowMuch() throws {
    let device = try DeviceLibrary.device("XCKU5P")
    let report = ExampleDesigns.report(ExampleDesigns.svhn([32, 32, 8, 8]), on: device)
    let fit = try #require(report.device)
    #expect(fit.verdict == .doesNotFit)
    // 8 PEs of fc1 with 11 ultra RAMs each, and 64 in the device.
    let ultra = try #require(fit.uses.first { $0.pool == .ultraRAMs })
    #expect(ultra.missing == 24)
    let suggestion = try #require(fit.suggestion)
    #expect(suggestion.isExact)
    #expect(suggestion.fullyConnectedWeights == .block)
    #expect(suggestion.needed.blockRAMs <= 480 && suggestion.needed.tables <= 216_960)
  }

  @Test func otherDevicesAreTried() throws {
    let library = try DeviceLibrary.devices()
    let design = ExampleDesigns.svhn([32, 32, 8, 8])
    let report = ResourceReport(
      design, name: "svhn", network: "svhn", options: ResourceOptions(), library: library)
    let fitting = library.filter {
      ExampleDesigns.report(design, on: $0).device?.verdict != .doesNotFit
    }
    #expect(report.fittingDevices == fitting.map(\.name))
    #expect(report.fittingDevices == ["XCVU13P", "XCVU9P", "XCZU9EG"])
  }

  @Test func designsThatFitNeedNoSuggestion() throws {
    let device = try DeviceLibrary.device("XCVU13P")
    let fit = try #require(
      ExampleDesigns.report(ExampleDesigns.svhn([32, 32, 8, 8]), on: device).device)
    #expect(fit.verdict == .fits && fit.suggestion == nil)
  }

  /// Applied, the suggestion needs what it says, fits, and no allocation among all is larger.
  @Test func suggestionsAreTheLargestThatFit() throws {
    for name in ["XC7A100T", "XC7Z020", "XCKU3P", "XCKU5P", "XCZU9EG"] {
      let device = try DeviceLibrary.device(name)
      // Few enough choices to try all of them.
      let design = ExampleDesigns.svhn([32, 32, 4, 2])
      let bits = ResourceOptions(weightBits: 8)
      let fit = try #require(ExampleDesigns.report(design, bits, on: device).device)
      let best = Self.exhaustive(design, bits, device)
      guard fit.verdict == .doesNotFit else { continue }
      let suggestion = try #require(fit.suggestion, "\(name)")
      var elements = [32, 32, 4, 2]
      for change in suggestion.changes {
        let layer = try #require(design.layers.firstIndex { $0.name == change.layer })
        #expect(elements[layer] == change.from)
        elements[layer] = change.to
      }
      var options = bits
      options.fullyConnectedWeights = suggestion.fullyConnectedWeights
      let applied = ExampleDesigns.report(ExampleDesigns.svhn(elements), options, on: device)
      #expect(applied.device?.verdict != .doesNotFit)
      #expect(DeviceCapacity(applied.total.value).blockRAMs == suggestion.needed.blockRAMs)
      #expect(abs(Self.passes(elements) - best) < 1e-9, "\(name): \(elements)")
    }
  }

  private static func passes(_ elements: [Int]) -> Double {
    zip(elements, [32, 32, 256, 450]).reduce(0) { $0 + log2(Double(($1.1 + $1.0 - 1) / $1.0)) }
  }

  private static func exhaustive(
    _ design: HardwareDesign, _ options: ResourceOptions, _ device: Device
  ) -> Double {
    var best = Double.infinity
    let divisors = [32, 16, 8, 4, 2, 1]
    for first in divisors {
      for second in divisors {
        for third in 1...4 {
          for fourth in 1...2 {
            for memory in [nil, ResourceOptions.WeightMemory.block, .ultra] {
              var changed = options
              changed.fullyConnectedWeights = memory
              let elements = [first, second, third, fourth]
              guard passes(elements) < best else { continue }
              changed.family = device.memories
              changed.hasUltraRAM = device.capacity.ultraRAMs > 0
              let total = ExampleDesigns.report(ExampleDesigns.svhn(elements), changed).total.value
              let needed = DeviceCapacity(total)
              if DeviceCapacity.Pool.allCases.allSatisfy({ needed[$0] <= device.capacity[$0] }) {
                best = passes(elements)
              }
            }
          }
        }
      }
    }
    return best
  }
}
