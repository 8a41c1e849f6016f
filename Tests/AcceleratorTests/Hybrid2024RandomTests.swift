import Accelerator
import Foundation
import TestSupport
import Testing

// Does the event simulation agree with registers that are stepped cycle by cycle?
@Suite struct Hybrid2024RandomTests {
  @Test(arguments: 0..<600 as Range<UInt64>)
  func randomConvolutionsMeetTheSteppedRegisters(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layer = parameters(using: &random)
    let phases = (layer.outputChannels + layer.elements - 1) / layer.elements
    let frames = phases * layer.timeSteps * layer.inputChannels
    let pixels = layer.width * layer.width
    let density = [0, 1, 2, 5, pixels][Int.random(in: 0..<5, using: &random)]
    let counts = (0..<frames).map { _ in
      Bool.random(using: &random)
        ? Int.random(in: 0...min(density, pixels), using: &random)
        : [0, 0, 1, min(2, pixels), layer.listCapacity % (pixels + 1)]
          .randomElement(using: &random) ?? 0
    }
    let first = Int.random(in: 0...9, using: &random)
    let length = [1, 20, 60].randomElement(using: &random) ?? 1

    var stepped = SteppedConvolution(layer, counts: counts)
    stepped.run(starts: first..<(first + length))
    let line = """
      {"id":"\(seed)","platform":"hybrid-2024","start":{"first":\(first),"length":\(length)},\
      "layers":[{"kind":"conv","config":{"timeSteps":\(layer.timeSteps),\
      "inputChannels":\(layer.inputChannels),"outputChannels":\(layer.outputChannels),\
      "kernel":\(layer.kernel),"inputWidth":\(layer.width),"outputWidth":\(layer.width),\
      "processingElements":\(layer.elements),"encoderWidth":\(layer.encoderWidth),\
      "listCapacity":\(layer.listCapacity)},"counts":\(counts),"expect":\(stepped.json())}]}
      """
    let check = try VectorValidation(
      checking: Data(line.utf8), file: "random",
      order: { Array(0..<$0).shuffled(using: &random) })
    #expect(check.mismatches == 0, "\(check.first?.description ?? ""): \(line)")
  }

  private func parameters(
    using random: inout SeededGenerator
  ) -> SteppedConvolution.Parameters {
    let width = Int.random(in: 2...7, using: &random)
    let channels = Int.random(in: 1...6, using: &random)
    var encoderWidth = Int.random(in: 1...(width * width), using: &random)
    while (width * width + encoderWidth - 1) / encoderWidth > encoderWidth { encoderWidth += 1 }
    return SteppedConvolution.Parameters(
      timeSteps: Int.random(in: 1...4, using: &random),
      inputChannels: Int.random(in: 1...3, using: &random), outputChannels: channels,
      kernel: Int.random(in: 1...4, using: &random), width: width,
      elements: Int.random(in: 1...(3 * channels), using: &random), encoderWidth: encoderWidth,
      listCapacity: Int.random(in: 1...(width * width), using: &random))
  }

  // Sums of the rules, for a chain of the two kinds of fully connected layers behind a dense core.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func randomChainsMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let timeSteps = Int.random(in: 1...5, using: &random)
    let width = Int.random(in: 6...12, using: &random)
    let channels = Int.random(in: 1...4, using: &random)
    let first = Int.random(in: 0...9, using: &random)
    var loaded = first + 1 + channels * timeSteps * (width * width + 29)
    var layers = [
      """
      {"kind":"dense","config":{"T":\(timeSteps),"IC":3,"OC":\(channels),"K":3,"W":\(width)},\
      "counts":null,"expect":{"loaded":\(loaded)}}
      """
    ]
    for variant in 1...2 {
      let rows = Int.random(in: 1...6, using: &random)
      let size = Int.random(in: 1...20, using: &random)
      let encoderWidth = Int.random(in: 1...30, using: &random)
      let neurons = Int.random(in: 2...20, using: &random)
      let elements = Int.random(in: 2...24, using: &random)
      let counts = (0..<timeSteps).map { _ in Int.random(in: 0...(rows * size), using: &random) }
      let chunks = (rows * size + encoderWidth - 1) / encoderWidth
      var collects: [Int] = []
      var next = loaded + 1
      for count in counts {
        collects.append(next)
        next += rows + 2 + 2 * chunks + 2 * count
      }
      let pass = counts.reduce(1) { $0 + max($1, 1) + 2 }
      let passes = neurons / elements + 1
      let reads = passes * counts.reduce(0) { $0 + max($1, 1) - 1 }
      loaded = next + 2 + passes * pass + 1
      layers.append(
        """
        {"kind":"fc","config":{"timeSteps":\(timeSteps),"inputChannels":\(rows),\
        "frameSize":\(size),"neurons":\(neurons),"processingElements":\(elements),\
        "encoderWidth":\(encoderWidth),"variant":\(variant)},"counts":\(counts),\
        "expect":{"collects":\(collects),"compressionDone":\(next),"weightReads":\(reads),\
        "iterationDone":\(loaded - 1),"loaded":\(loaded)}}
        """)
    }
    let line = """
      {"id":"\(seed)","platform":"hybrid-2024","start":{"first":\(first),"length":1},\
      "layers":[\(layers.joined(separator: ","))]}
      """
    let check = try VectorValidation(checking: Data(line.utf8), file: "random")
    #expect(check.mismatches == 0, "\(check.first?.description ?? ""): \(line)")
  }
}

extension SteppedConvolution {
  /// What was measured, as vectors state it.
  fileprivate func json() -> String {
    let times = loaded.count == 1 ? "\(loaded[0])" : "\(loaded)"
    func states(_ cycles: [Int], _ names: [String]) -> String {
      "{\(zip(names, cycles).map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }
    let encoder = states(
      encoderStates,
      [
        "idle", "wait_spk", "chunk_load", "chunk_iter", "addr_reset", "transit", "ic_iter",
        "time_step_iter", "oc_iter", "done",
      ])
    let engine = states(spikeStates, ["idle", "spk_iter", "activate"])
    let core = states(coreStates, ["s0", "s1", "s3", "s7"])
    return """
      {"frames":\(frames),"bursts":\(bursts),"activations":\(activations),"ready":\(ready),\
      "coreActivations":\(coreActivations),"writerCaptures":\(captures),"loaded":\(times),\
      "encoderStates":\(encoder),"spikeStates":\(engine),"coreStates":\(core),\
      "spikeWrites":\(2 * captures.count),"inputReads":\(inputReads),"end":\(end)}
      """
  }
}
