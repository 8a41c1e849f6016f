import CTrainingKernels
import SeededRandom
import SpikingKernels
import Testing

/// The functions for AVX-512, for AVX2 and for any processor: the same bits.
@Suite(.serialized) struct ProcessorGenerationTests {
  private func values(_ count: Int, density: Float, seed: UInt64) -> [Float] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in
      stream.nextUnit() < density ? 2 * stream.nextUnit() - 1 : 0
    }
  }

  /// Everything that the kernels yield for one layer and input.
  private func results(_ shape: ConnectionGeometry, density: Float, isBinary: Bool) throws
    -> [[Float]]
  {
    let steps = 3
    let plan = ConnectionPlan(shape, timeSteps: steps)
    let scratch = try ConnectionScratch([plan])
    let block = values(steps * shape.inputCount, density: density, seed: 1)
    let input = isBinary ? block.map { $0 == 0 ? 0 : Float(1) } : block
    let packed = try ConnectionWeights(plan, goesBack: true)
    packed.pack(
      values(shape.weightCount, density: 1, seed: 2),
      bias: values(shape.outputChannels, density: 1, seed: 3))
    var output = [Float](repeating: 0, count: steps * shape.outputCount)
    ConnectionKernels.forward(
      plan, input: input, weights: packed, output: &output, scratch: scratch)
    let slopes = values(steps * shape.outputCount, density: density, seed: 4)
    var weightGradient = [Float](repeating: 0, count: shape.weightCount)
    var biasGradient = [Float](repeating: 0, count: shape.outputChannels)
    var inputGradient = [Float](repeating: 0, count: input.count)
    ConnectionKernels.addWeightGradient(
      plan, input: input, outputGradient: slopes, weightGradient: &weightGradient,
      biasGradient: &biasGradient, scratch: scratch)
    ConnectionKernels.inputGradient(
      plan, outputGradient: slopes, weights: packed, inputGradient: &inputGradient,
      scratch: scratch)
    var all = [output, weightGradient, biasGradient, inputGradient]

    let window = MaxPoolWindow(
      channels: shape.outputChannels, inputHeight: shape.outputHeight,
      inputWidth: shape.outputWidth, size: 2)
    let dynamics = MembraneDynamics(decay: 0.8, threshold: 0.5, reset: .subtract)
    guard let neurons = PlainNeurons(dynamics, .fastSigmoid(slope: 5)) else { return all }
    var (membranes, spikes, gradients) = (output, output, slopes)
    _ = neurons.forward(
      timeSteps: steps, neurons: shape.outputCount, membranes: &membranes, spikes: &spikes)
    neurons.backward(
      timeSteps: steps, neurons: shape.outputCount, membranes: membranes, gradients: &gradients)
    all += [membranes, spikes, gradients]
    guard let pooledConvolution = PooledConvolution(plan, window) else { return all }
    var pooled = [Float](
      repeating: 0, count: steps * window.outputHeight * window.outputWidth * window.channels)
    let winnerMemory = try FloatStorage(count: WindowWinners.count(windows: pooled.count))
    let winners = WindowWinners(winnerMemory.start, windows: pooled.count)
    _ = pooledConvolution.forward(
      neurons, input: input, isRepeated: false, weights: packed, membranes: &membranes,
      winners: winners, pooled: &pooled, scratch: scratch)
    let memory = try FloatStorage(count: pooledConvolution.gradientCount(reachesInput: true))
    _ = inputGradient.withUnsafeMutableBufferPointer { inputGradient in
      pooledConvolution.backward(
        neurons, input: input, isRepeated: false, weights: packed, winners: winners,
        pooledGradients: slopes, gradients: memory.start, weightGradient: &weightGradient,
        biasGradient: &biasGradient, inputGradient: inputGradient.baseAddress, scratch: scratch)
    }
    withExtendedLifetime((winnerMemory, memory)) {}
    return all + [membranes, pooled, weightGradient, biasGradient, inputGradient]
  }

  @Test(
    arguments: [(3, 16, 3, 1), (16, 32, 3, 1), (2, 16, 5, 2), (4, 80, 3, 0), (3, 21, 3, 1)],
    [(Float(0.1), true), (0.2, false), (1, false)])
  func generationsAgree(layer: (Int, Int, Int, Int), kind: (Float, Bool)) throws {
    let shape = ConnectionGeometry(
      inputChannels: layer.0, inputHeight: 8, inputWidth: 9, outputChannels: layer.1,
      kernelHeight: layer.2, kernelWidth: layer.2, padding: layer.3)
    let full = ConnectionGeometry(
      inputChannels: layer.0, inputHeight: 2, inputWidth: 3, outputChannels: layer.1,
      kernelHeight: 2, kernelWidth: 3)
    defer { lockstep_limit_generation(2) }
    lockstep_limit_generation(2)
    let best = try [shape, full].map { try results($0, density: kind.0, isBinary: kind.1) }
    #expect(best.joined().allSatisfy { block in block.contains { $0 != 0 } })
    for generation in [0, 1] as [Int32] {
      lockstep_limit_generation(generation)
      #expect(lockstep_generation() <= generation)
      #expect(try [shape, full].map { try results($0, density: kind.0, isBinary: kind.1) } == best)
    }
  }
}
