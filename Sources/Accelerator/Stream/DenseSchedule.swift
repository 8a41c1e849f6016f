import EventSimulation
import SpikeTraces

/// The sparsity-oblivious baseline: the same layers on the same processing elements, working off
/// every input of every neuron, whether it spikes or not.
///
/// Our own reference, to compare event-driven hardware with, and no published design: no encoder, no
/// list, one tap (convolution) or one input (fully connected) a cycle and processing element, one
/// neuron a cycle in the activation, all in lock-step. docs/hardware/BeyondPublished.md, "Baseline".
public enum DenseSchedule {
  /// Cycles of a layer for one sample; the same for every sample.
  ///
  /// A convolution, for each of ceil(OC / PE) phases and each time step: IC x OFS x K x K taps, OFS
  /// activations, 1 cycle to step on; 1 more a phase. A fully connected layer, for each of
  /// ceil(neurons / PE) passes and each time step: one cycle an input, 1 activation, 1 to step on; 1
  /// more a pass. 1 cycle to start and 1 to complete.
  ///
  /// - Parameters:
  ///   - layer: the layer of the network.
  ///   - input: the shape of what it reads.
  ///   - processingElements: output channels or neurons that are computed at the same time.
  ///   - timeSteps: time steps of a sample.
  /// - Returns: cycles from start to completion.
  public static func cycles(
    of layer: TracedLayer, input: LayerShape, processingElements: Int, timeSteps: Int
  ) -> Cycle {
    let passes: Int
    let step: Cycle
    switch layer.operation {
    case .convolution(let kernel, _, _, let convolved, _, _):
      passes = ceilingDivision(convolved.channels, processingElements)
      let pixels = Cycle(convolved.pixels)
      step = Cycle(input.channels) * pixels * Cycle(kernel * kernel) + pixels + 1
    case .fullyConnected:
      passes = ceilingDivision(layer.output.neurons, processingElements)
      step = Cycle(input.neurons) + 2
    }
    return 2 + Cycle(passes) * (Cycle(timeSteps) * step + 1)
  }
}

/// A layer's cycles beside those of the sparsity-oblivious baseline.
public struct BaselineComparison: Hashable, Codable, Sendable {
  /// The layer's name.
  public var layer: String
  /// Cycles a sample of the baseline: see ``DenseSchedule``.
  public var denseCycles: UInt64
  /// Mean cycles a sample of the replayed hardware.
  public var meanCycles: Double
}
