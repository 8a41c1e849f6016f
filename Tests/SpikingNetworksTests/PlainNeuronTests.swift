import SeededRandom
import SpikingKernels
import Testing

/// The short way of plain neurons against the long one: the same bits.
@Suite struct PlainNeuronTests {
  static let resets: [MembraneDynamics.Reset] = [.subtract, .zeroState, .zeroUpdate, .none]
  static let surrogates: [SurrogateShape] = [
    .fastSigmoid(slope: 5), .arctangent(alpha: 2), .triangle(slope: 1.5), .straightThrough,
  ]

  private func values(_ count: Int, seed: UInt64, from low: Float, to high: Float) -> [Float] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in low + (high - low) * stream.nextUnit() }
  }

  @Test(arguments: resets, surrogates)
  func equalsTheLongWay(reset: MembraneDynamics.Reset, surrogate: SurrogateShape) throws {
    let (steps, neurons) = (6, 1063)
    let dynamics = MembraneDynamics(decay: 0.8, inputGain: 0.9, threshold: 0.7, reset: reset)
    let currents = values(steps * neurons, seed: 1, from: -0.5, to: 1)
    let slopes = values(steps * neurons, seed: 2, from: -1, to: 1)
    var scratch = [Float](repeating: 0, count: 3 * neurons)
    var (membranes, spikes, gradients) = (currents, currents, slopes)
    MembraneKernels.forward(
      dynamics, timeSteps: steps, neurons: neurons, membranes: &membranes, spikes: &spikes,
      scratch: &scratch)
    SurrogateKernels.multiply(
      surrogate, count: steps * neurons, gradients: &gradients, membranes: membranes,
      threshold: dynamics.threshold)
    MembraneKernels.backward(
      dynamics, timeSteps: steps, neurons: neurons, gradients: &gradients, membranes: membranes,
      scratch: &scratch)

    let plain = try #require(PlainNeurons(dynamics, surrogate))
    var (ourMembranes, ourSpikes, ourGradients) = (currents, currents, slopes)
    let count = plain.forward(
      timeSteps: steps, neurons: neurons, membranes: &ourMembranes, spikes: &ourSpikes)
    plain.backward(
      timeSteps: steps, neurons: neurons, membranes: ourMembranes, gradients: &ourGradients)
    #expect(ourMembranes == membranes)
    #expect(ourSpikes == spikes)
    #expect(count == spikes.count { $0 == 1 } && count > 0)
    #expect(ourGradients == gradients)
  }

  @Test("with a pooling of spikes", arguments: resets, [(6, 8), (7, 5), (5, 6)])
  func pooledEqualsTheLongWay(reset: MembraneDynamics.Reset, extent: (Int, Int)) throws {
    let steps = 5
    let window = MaxPoolWindow(
      channels: 32, inputHeight: extent.0, inputWidth: extent.1, size: 2)
    let neurons = extent.0 * extent.1 * 32
    let outputs = window.outputHeight * window.outputWidth * 32
    let dynamics = MembraneDynamics(decay: 0.8, threshold: 0.7, reset: reset)
    let currents = values(steps * neurons, seed: 3, from: -0.8, to: 0.7)
    let slopes = values(steps * outputs, seed: 4, from: -1, to: 1)
    for surrogate in Self.surrogates {
      let plain = try #require(PlainNeurons(dynamics, surrogate))
      var (membranes, spikes) = (currents, currents)
      var gradients = [Float](repeating: 9, count: steps * neurons)
      var pooled = [Float](repeating: 9, count: steps * outputs)
      let total = plain.forward(
        timeSteps: steps, neurons: neurons, membranes: &membranes, spikes: &spikes)
      for step in 0..<steps {
        spikes.withUnsafeBufferPointer { spikes in
          pooled.withUnsafeMutableBufferPointer { pooled in
            gradients.withUnsafeMutableBufferPointer { gradients in
              slopes.withUnsafeBufferPointer { slopes in
                guard let input = spikes.baseAddress, let output = pooled.baseAddress,
                  let slope = slopes.baseAddress, let gradient = gradients.baseAddress
                else { return }
                window.forward(input: input + step * neurons, output: output + step * outputs)
                window.backward(
                  input: input + step * neurons, outputGradient: slope + step * outputs,
                  inputGradient: gradient + step * neurons)
              }
            }
          }
        }
      }
      plain.backward(
        timeSteps: steps, neurons: neurons, membranes: membranes, gradients: &gradients)

      var ourMembranes = currents
      var ourPooled = [Float](repeating: 9, count: steps * outputs)
      var ourGradients = [Float](repeating: 9, count: steps * neurons)
      var scratch = [Float](repeating: 9, count: 2 * extent.1 * 32)
      let memory = try FloatStorage(count: WindowWinners.count(windows: steps * outputs))
      let winners = WindowWinners(memory.start, windows: steps * outputs)
      let count = plain.forward(
        timeSteps: steps, pooledBy: window, membranes: &ourMembranes, winners: winners,
        pooled: &ourPooled)
      let isDone = plain.backward(
        timeSteps: steps, pooledBy: window, winners: winners, pooledGradients: slopes,
        gradients: &ourGradients, scratch: &scratch)
      withExtendedLifetime(memory) {}
      #expect(isDone && count == total)
      #expect(ourMembranes == membranes)
      #expect(ourPooled == pooled)
      #expect(ourGradients == gradients)
    }
  }
}
