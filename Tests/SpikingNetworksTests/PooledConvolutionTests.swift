import SeededRandom
import SpikingKernels
import Testing

/// Convolution, neurons and pooling as one operation against the three, one after the other.
@Suite struct PooledConvolutionTests {
  static let shapes = [
    // Patterns of few channels, an odd frame, no padding, a 5x5 kernel, many channels.
    (3, 8, 6, 32, 3, 1), (1, 7, 9, 16, 3, 1), (2, 9, 8, 16, 3, 0), (4, 10, 10, 32, 5, 2),
    (16, 6, 6, 48, 3, 1), (3, 6, 6, 80, 2, 0),
    // Gradients of some rows at a time, if they do not go on to the input.
    (3, 27, 60, 64, 3, 1), (2, 24, 60, 64, 5, 0),
  ]

  private func values(_ count: Int, density: Float, seed: UInt64) -> [Float] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in
      stream.nextUnit() < density ? 2 * stream.nextUnit() - 1 : 0
    }
  }

  private func close(_ ours: [Float], _ others: [Float]) -> Bool {
    let largest = others.map(abs).max() ?? 0
    return zip(ours, others).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, largest) }
  }

  @Test(
    arguments: shapes.indices, [(Float(0.1), true), (0.6, true), (0.3, false), (1, false)])
  func equalsItsParts(index: Int, kind: (Float, Bool)) throws {
    let (density, isBinary) = kind
    let (inputs, height, width, outputs, kernel, padding) = Self.shapes[index]
    for isRepeated in [false, true] {
      let steps = 4
      let geometry = ConnectionGeometry(
        inputChannels: inputs, inputHeight: height, inputWidth: width, outputChannels: outputs,
        kernelHeight: kernel, kernelWidth: kernel, padding: padding)
      let plan = ConnectionPlan(geometry, timeSteps: steps)
      let window = MaxPoolWindow(
        channels: outputs, inputHeight: geometry.outputHeight, inputWidth: geometry.outputWidth,
        size: 2)
      let pooledConvolution = try #require(PooledConvolution(plan, window))
      let dynamics = MembraneDynamics(decay: 0.8, threshold: 0.5, reset: .subtract)
      let neurons = try #require(PlainNeurons(dynamics, .fastSigmoid(slope: 5)))
      let frame = values(geometry.inputCount, density: density, seed: 1)
      let real =
        isRepeated
        ? Array(repeatElement(frame, count: steps).joined())
        : values(steps * geometry.inputCount, density: density, seed: 1)
      let input = isBinary ? real.map { $0 == 0 ? 0 : Float(1) } : real
      let weights = try ConnectionWeights(plan, goesBack: true)
      weights.pack(
        values(geometry.weightCount, density: 1, seed: 2),
        bias: values(outputs, density: 1, seed: 3))
      let scratch = try ConnectionScratch([plan])
      let pooledCount = steps * window.outputHeight * window.outputWidth * outputs
      let slopes = values(pooledCount, density: 0.7, seed: 4)

      let winnerMemory = try (0..<2).map { _ in
        try FloatStorage(count: WindowWinners.count(windows: pooledCount))
      }
      let expectedWinners = WindowWinners(winnerMemory[0].start, windows: pooledCount)
      let winners = WindowWinners(winnerMemory[1].start, windows: pooledCount)
      var expectedMembranes = [Float](repeating: 9, count: steps * geometry.outputCount)
      var expectedPooled = [Float](repeating: 9, count: pooledCount)
      ConnectionKernels.forward(
        plan, input: input, weights: weights, output: &expectedMembranes, scratch: scratch)
      let expectedSpikes = neurons.forward(
        timeSteps: steps, pooledBy: window, membranes: &expectedMembranes, winners: expectedWinners,
        pooled: &expectedPooled)
      var gradients = expectedMembranes
      var rows = [Float](repeating: 0, count: 2 * geometry.outputWidth * outputs)
      let isDone = neurons.backward(
        timeSteps: steps, pooledBy: window, winners: expectedWinners, pooledGradients: slopes,
        gradients: &gradients, scratch: &rows)
      #expect(isDone)
      var expectedWeights = [Float](repeating: 0, count: geometry.weightCount)
      var expectedBias = [Float](repeating: 0, count: outputs)
      var expectedInput = [Float](repeating: 9, count: input.count)
      ConnectionKernels.addWeightGradient(
        plan, input: input, outputGradient: gradients, weightGradient: &expectedWeights,
        biasGradient: &expectedBias, scratch: scratch)
      ConnectionKernels.inputGradient(
        plan, outputGradient: gradients, weights: weights, inputGradient: &expectedInput,
        scratch: scratch)

      var membranes = [Float](repeating: 9, count: expectedMembranes.count)
      var (pooled, unkept) = (membranes, membranes)
      let spikes = pooledConvolution.forward(
        neurons, input: input, isRepeated: isRepeated, weights: weights, membranes: &membranes,
        winners: winners, pooled: &pooled, scratch: scratch)
      #expect(membranes == expectedMembranes)
      #expect(Array(pooled[..<pooledCount]) == expectedPooled)
      #expect(spikes == expectedSpikes && spikes > 0)
      let inferred = pooledConvolution.forward(
        neurons, input: input, isRepeated: isRepeated, weights: weights, membranes: nil,
        winners: nil, pooled: &unkept, scratch: scratch)
      #expect(inferred == spikes && unkept[..<pooledCount] == pooled[..<pooledCount])

      let memory = try FloatStorage(count: pooledConvolution.gradientCount(reachesInput: true))
      // The second time with the first one's margins, and without the input's gradient.
      for wantsInput in [true, false] {
        var weightGradient = [Float](repeating: 0, count: geometry.weightCount)
        var biasGradient = [Float](repeating: 0, count: outputs)
        var inputGradient = [Float](repeating: 9, count: input.count)
        let nonzero = inputGradient.withUnsafeMutableBufferPointer { inputGradient in
          pooledConvolution.backward(
            neurons, input: input, isRepeated: isRepeated, weights: weights,
            winners: winners, pooledGradients: slopes, gradients: memory.start,
            weightGradient: &weightGradient, biasGradient: &biasGradient,
            inputGradient: wantsInput ? inputGradient.baseAddress : nil, scratch: scratch)
        }
        #expect(nonzero == gradients.count { $0 != 0 })
        #expect(close(weightGradient, expectedWeights))
        #expect(close(biasGradient, expectedBias))
        if wantsInput { #expect(close(inputGradient, expectedInput)) }
      }
      withExtendedLifetime(winnerMemory) {}
    }
  }
}
