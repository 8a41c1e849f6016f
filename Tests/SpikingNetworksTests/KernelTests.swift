import SeededRandom
import SpikingKernels
import SpikingNetworks
import Testing

/// The kernels against loops that follow the definitions word for word.
@Suite struct KernelTests {
  static let geometries = [
    ConnectionGeometry(
      inputChannels: 1, inputHeight: 8, inputWidth: 8, outputChannels: 16, kernelHeight: 3,
      kernelWidth: 3),
    ConnectionGeometry(
      inputChannels: 3, inputHeight: 5, inputWidth: 7, outputChannels: 5, kernelHeight: 3,
      kernelWidth: 3, padding: 1),
    ConnectionGeometry(
      inputChannels: 2, inputHeight: 9, inputWidth: 6, outputChannels: 11, kernelHeight: 5,
      kernelWidth: 5, stride: 2, padding: 2),
    ConnectionGeometry(
      inputChannels: 4, inputHeight: 7, inputWidth: 7, outputChannels: 9, kernelHeight: 2,
      kernelWidth: 2, stride: 3),
    ConnectionGeometry(
      inputChannels: 16, inputHeight: 6, inputWidth: 9, outputChannels: 35, kernelHeight: 3,
      kernelWidth: 3, padding: 1),
    ConnectionGeometry(
      inputChannels: 5, inputHeight: 6, inputWidth: 6, outputChannels: 70, kernelHeight: 2,
      kernelWidth: 2, padding: 1),
    ConnectionGeometry(
      inputChannels: 32, inputHeight: 2, inputWidth: 2, outputChannels: 13, kernelHeight: 2,
      kernelWidth: 2),
  ]

  /// One term of a convolution: input, weight and output places, channels last.
  private struct Term {
    var input: Int
    var weight: Int
    var output: Int
  }

  private func terms(_ shape: ConnectionGeometry) -> [Term] {
    var terms: [Term] = []
    for row in 0..<shape.outputHeight {
      for column in 0..<shape.outputWidth {
        for kernelRow in 0..<shape.kernelHeight {
          for kernelColumn in 0..<shape.kernelWidth {
            let inputRow = row * shape.stride + kernelRow - shape.padding
            let inputColumn = column * shape.stride + kernelColumn - shape.padding
            guard 0..<shape.inputHeight ~= inputRow, 0..<shape.inputWidth ~= inputColumn else {
              continue
            }
            let tap = kernelRow * shape.kernelWidth + kernelColumn
            for from in 0..<shape.inputChannels {
              for to in 0..<shape.outputChannels {
                terms.append(
                  Term(
                    input: (inputRow * shape.inputWidth + inputColumn) * shape.inputChannels
                      + from,
                    weight: (tap * shape.inputChannels + from) * shape.outputChannels + to,
                    output: (row * shape.outputWidth + column) * shape.outputChannels + to))
              }
            }
          }
        }
      }
    }
    return terms
  }

  private func values(_ count: Int, density: Float, seed: UInt64) -> [Float] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in
      stream.nextUnit() < density ? 2 * stream.nextUnit() - 1 : 0
    }
  }

  @Test(arguments: geometries.indices, [(Float(0.1), true), (0.1, false), (0.9, true), (1, false)])
  func productsEqualTheirDefinitions(index: Int, input kind: (Float, Bool)) throws {
    let (density, isBinary) = kind
    let shape = Self.geometries[index]
    let terms = terms(shape)
    let steps = 3
    let plan = ConnectionPlan(shape, timeSteps: steps)
    let scratch = try ConnectionScratch([plan])
    // Spikes, and values as direct coding or dropout have them.
    let block = values(steps * shape.inputCount, density: density, seed: 1)
    let input = isBinary ? block.map { $0 == 0 ? 0 : Float(1) } : block
    let weights = values(shape.weightCount, density: 1, seed: 2)
    let bias = values(shape.outputChannels, density: 1, seed: 3)
    let slopes = values(steps * shape.outputCount, density: density, seed: 4)
    let packed = try ConnectionWeights(plan, goesBack: true)
    packed.pack(weights, bias: bias)
    var output = [Float](repeating: 9, count: steps * shape.outputCount)
    ConnectionKernels.forward(
      plan, input: input, weights: packed, output: &output, scratch: scratch)
    var weightGradient = [Float](repeating: 0, count: shape.weightCount)
    var biasGradient = [Float](repeating: 0, count: shape.outputChannels)
    var inputGradient = [Float](repeating: 9, count: steps * shape.inputCount)
    ConnectionKernels.addWeightGradient(
      plan, input: input, outputGradient: slopes, weightGradient: &weightGradient,
      biasGradient: &biasGradient, scratch: scratch)
    ConnectionKernels.inputGradient(
      plan, outputGradient: slopes, weights: packed, inputGradient: &inputGradient,
      scratch: scratch)

    var expectedOutput = output.indices.map { Double(bias[$0 % shape.outputChannels]) }
    var expectedWeights = [Double](repeating: 0, count: shape.weightCount)
    var expectedInput = [Double](repeating: 0, count: steps * shape.inputCount)
    for step in 0..<steps {
      for term in terms {
        let from = step * shape.inputCount + term.input
        let to = step * shape.outputCount + term.output
        expectedOutput[to] += Double(weights[term.weight] * input[from])
        expectedWeights[term.weight] += Double(input[from] * slopes[to])
        expectedInput[from] += Double(weights[term.weight] * slopes[to])
      }
    }
    var expectedBias = [Double](repeating: 0, count: shape.outputChannels)
    for (place, slope) in slopes.enumerated() {
      expectedBias[place % shape.outputChannels] += Double(slope)
    }
    #expect(Self.areClose(output, expectedOutput))
    #expect(Self.areClose(weightGradient, expectedWeights))
    #expect(Self.areClose(inputGradient, expectedInput))
    #expect(Self.areClose(biasGradient, expectedBias))
  }

  @Test func samplesTogetherHaveTheSameBitsAsOneByOne() throws {
    let shape = ConnectionGeometry(
      inputChannels: 6, inputHeight: 2, inputWidth: 3, outputChannels: 70, kernelHeight: 2,
      kernelWidth: 3)
    let (steps, samples) = (30, 5)
    let plan = ConnectionPlan(shape, timeSteps: steps)
    let scratch = try ConnectionScratch([plan], samples: samples)
    let weights = try ConnectionWeights(plan, goesBack: true)
    weights.pack(
      values(shape.weightCount, density: 1, seed: 1), bias: values(70, density: 1, seed: 2))
    let input = values(samples * steps * shape.inputCount, density: 0.3, seed: 3)
    let slopes = values(samples * steps * 70, density: 1, seed: 4)
    func run(_ groups: [Range<Int>]) -> [[Float]] {
      var output = [Float](repeating: 9, count: samples * steps * 70)
      var inputGradient = [Float](repeating: 9, count: input.count)
      var weightGradient = [Float](repeating: 0, count: shape.weightCount)
      var biasGradient = [Float](repeating: 0, count: 70)
      for group in groups {
        let (from, to) = (
          group.lowerBound * steps * shape.inputCount, group.lowerBound * steps * 70
        )
        input.withUnsafeBufferPointer { input in
          slopes.withUnsafeBufferPointer { slopes in
            output.withUnsafeMutableBufferPointer { output in
              inputGradient.withUnsafeMutableBufferPointer { inputGradient in
                guard let input = input.baseAddress, let slopes = slopes.baseAddress,
                  let output = output.baseAddress, let inputGradient = inputGradient.baseAddress
                else { return }
                ConnectionKernels.forward(
                  plan, samples: group.count, input: input + from, weights: weights,
                  output: output + to, scratch: scratch)
                ConnectionKernels.addWeightGradient(
                  plan, samples: group.count, input: input + from, outputGradient: slopes + to,
                  weightGradient: &weightGradient, biasGradient: &biasGradient, scratch: scratch)
                ConnectionKernels.inputGradient(
                  plan, samples: group.count, outputGradient: slopes + to, weights: weights,
                  inputGradient: inputGradient + from, scratch: scratch)
              }
            }
          }
        }
      }
      return [output, inputGradient, weightGradient, biasGradient]
    }
    let together = run([0..<5])
    #expect(together == run([0..<1, 1..<2, 2..<3, 3..<4, 4..<5]))
    #expect(together == run([0..<3, 3..<5]))
    #expect(together.allSatisfy { block in block.contains { $0 != 0 } })
  }

  @Test(arguments: [1, 2, 3])
  func maxPoolingTakesTheFirstMaximum(size: Int) {
    let window = MaxPoolWindow(channels: 3, inputHeight: 7, inputWidth: 5, size: size)
    let count = 3 * 7 * 5
    // Spikes have many ties; reals have none.
    for input in [
      values(count, density: 0.7, seed: 5),
      values(count, density: 0.3, seed: 6).map { $0 > 0 ? 1 : 0 },
    ] {
      let outputs = 3 * window.outputHeight * window.outputWidth
      var output = [Float](repeating: 0, count: outputs)
      window.forward(input: input, output: &output)
      let slopes = values(outputs, density: 0.8, seed: 7)
      var gradient = [Float](repeating: 9, count: count)
      window.backward(input: input, outputGradient: slopes, inputGradient: &gradient)
      var expectedGradient = [Float](repeating: 0, count: count)
      for place in 0..<outputs {
        let (pixel, channel) = (place / 3, place % 3)
        let (row, column) = (pixel / window.outputWidth, pixel % window.outputWidth)
        let members = (0..<(size * size)).map { offset in
          ((row * size + offset / size) * 5 + column * size + offset % size) * 3 + channel
        }
        let largest = members.map { input[$0] }.max()
        #expect(output[place] == largest)
        if let winner = members.first(where: { input[$0] == largest }) {
          expectedGradient[winner] = slopes[place]
        }
      }
      #expect(gradient == expectedGradient)
    }
  }

  @Test func averagePoolingSharesEqually() {
    let window = MaxPoolWindow(channels: 3, inputHeight: 7, inputWidth: 5, size: 2)
    let average = AveragePoolWindow(window)
    let input = values(105, density: 0.7, seed: 5)
    var output = [Float](repeating: 9, count: 18)
    average.forward(input: input, output: &output)
    let slopes = values(18, density: 0.8, seed: 7)
    var gradient = [Float](repeating: 9, count: 105)
    average.backward(outputGradient: slopes, inputGradient: &gradient)
    for place in 0..<105 {
      let (pixel, channel) = (place / 3, place % 3)
      let (row, column) = (pixel / 5, pixel % 5)
      let inside = row < 6 && column < 4
      #expect(
        gradient[place] == (inside ? slopes[(row / 2 * 2 + column / 2) * 3 + channel] / 4 : 0))
    }
    for place in 0..<18 {
      let (pixel, channel) = (place / 3, place % 3)
      let corner = (pixel / 2 * 2) * 5 + pixel % 2 * 2
      let sum = [0, 1, 5, 6].reduce(Float(0)) { $0 + input[(corner + $1) * 3 + channel] }
      #expect(abs(output[place] - sum / 4) < 1e-6)
    }
  }

  private static func areClose(_ ours: [Float], _ expected: [Double]) -> Bool {
    zip(ours, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 * max(1, abs($1)) }
  }
}
