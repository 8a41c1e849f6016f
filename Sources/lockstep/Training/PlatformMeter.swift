import Accelerator
import SpikeTraces
import Synchronization
import Training

/// What a network costs on an accelerator, over some validation samples.
struct PlatformCost: Codable, Hashable {
  /// The accelerator's name.
  var name: String
  /// Its hardware file.
  var file: String
  /// Samples that the numbers are of.
  var samples: Int
  /// Cycles of a sample.
  var cycles: CycleDistribution
  /// The same at the clock, in seconds.
  var seconds: TimeDistribution
}

/// Computes what the validation samples cost on an accelerator, epoch by epoch.
final class PlatformMeter: Sendable {
  /// Sentences about what the hardware does wrong with this network.
  let hazards: [String]
  /// The accelerator's name.
  var name: String { costing.name }
  private let costing: SampleCosting
  private let file: String
  private let content: Mutex<(cycles: [UInt64], failure: String?)>

  /// Fits the hardware to the network, so that a file that does not fit is noticed before training.
  init(file: String, header: TraceHeader, samples: Int) throws {
    self.file = file
    costing = try SampleCosting(
      of: header, network: "the training of \(header.networkName)", on: HardwareFile(path: file))
    hazards = costing.hazards
    content = Mutex(([UInt64](repeating: 0, count: samples), nil))
  }

  /// Takes one sample; on any thread.
  func observe(_ position: Int, _ record: SampleRecord) {
    do {
      let cycles = try costing.latency(of: record.boundaries)
      content.withLock { $0.cycles[position] = cycles }
    } catch {
      content.withLock { $0.failure = "\(costing.name): \(error.description)" }
    }
  }

  /// The costs of the epoch whose samples were observed; or why there are none.
  func finishEpoch() -> (cost: PlatformCost?, failure: String?) {
    content.withLock { content in
      defer { content.failure = nil }
      if let failure = content.failure { return (nil, failure) }
      let cycles = CycleDistribution(content.cycles)
      return (
        PlatformCost(
          name: costing.name, file: file, samples: content.cycles.count, cycles: cycles,
          seconds: TimeDistribution(cycles, clock: costing.clock)), nil
      )
    }
  }
}
