import BenchmarkSupport
import Foundation
import SpikingNetworks
import Training

/// One measurement in a process of its own, printed as a line of JSON.
struct Measure {
  private let data: PreparedData
  private let workload: Workload
  private let isTraining: Bool
  private let threads: Int
  private let runs: Int

  struct Result: Codable {
    var name: String
    var mode: String
    var threads: Int
    /// CPU milliseconds of all threads, run by run.
    var cpu: [Double]
    var wall: [Double]
    var peakMegabytes: Double
    /// Share of the network's input that is not zero.
    var inputDensity: Double
    /// Spikes per neuron and step, layer by layer.
    var rates: [Double]
    /// The share of dL/d(current) that is not zero, layer by layer.
    var gradients: [Double?]
  }

  init(_ arguments: [String]) throws {
    data = PreparedData(folder: URL(fileURLWithPath: arguments[0]))
    guard let workload = Workload.all.first(where: { $0.name == arguments[1] }),
      let threads = Int(arguments[3]), let runs = Int(arguments[4])
    else { fatalError("see main.swift") }
    self.workload = workload
    isTraining = arguments[2] == "train"
    self.threads = threads
    self.runs = runs
  }

  func run() throws {
    let (inputs, labels) = try data.batch(workload)
    let network = try data.network(workload)
    var learner = try BatchLearner(
      network,
      settings: TrainingSettings(
        epochs: 1, batchSize: Workload.batch, learningRate: 1e-3,
        surrogate: .fastSigmoid(slope: 25), encoder: .direct), threads: threads)
    let values = inputs.reduce(0) { $0 + $1.count }
    let active = inputs.reduce(0) { $0 + $1.count { $0 != 0 } }
    var result = Result(
      name: workload.name, mode: isTraining ? "train" : "infer", threads: threads, cpu: [],
      wall: [], peakMegabytes: 0, inputDensity: Double(active) / Double(values), rates: [],
      gradients: [])
    let inference = try BatchInference(network, threads: threads)
    let clock = ContinuousClock()
    for run in -2..<runs {
      let (cpu, wall) = (ProcessorTime.process.now, clock.now)
      if isTraining {
        let outcome = try learner.learn(inputs: inputs, labels: labels)
        if run == -2 {
          result.rates = outcome.firingRates
          result.gradients = outcome.gradientDensities
        }
      } else {
        let counts = try inference.outputSpikeCounts(of: inputs)
        let spikes = counts.reduce(0) { $0 + $1.reduce(0, +) }
        result.rates = [
          Double(spikes) / Double(counts.count * counts[0].count * workload.timeSteps)
        ]
      }
      let elapsed = (clock.now - wall) / .milliseconds(1)
      guard run >= 0 else { continue }
      result.cpu.append((ProcessorTime.process.now - cpu) * 1e3)
      result.wall.append(elapsed)
    }
    result.peakMegabytes = Self.peakMegabytes()
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private static func peakMegabytes() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
