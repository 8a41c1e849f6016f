import Accelerator
import EventSimulation
import SpikeTraces
import TestSupport
import Testing
import Timelines

// Do stays of several states fall apart as the hardware passes through them?
@Suite struct CompoundStayTests {
  private func steps(
    _ states: [String], _ lengths: [Cycle], chunks: [UInt32]? = nil
  ) throws -> [String]? {
    let stay = try #require(CompoundStay.all.first { $0.states == states })
    return stay.steps(lengths, chunks: chunks?[...])?.flatMap { step in
      Array(repeating: stay.states[step.state], count: Int(step.cycles))
    }
  }

  @Test func roundsOfAWriter() throws {
    #expect(
      try steps(["sample", "write", "secondWrite"], [2, 2, 2])
        == ["sample", "write", "secondWrite", "sample", "write", "secondWrite"])
    #expect(try steps(["sample", "write"], [1, 1]) == ["sample", "write"])
    #expect(try steps(["sample", "write"], [2, 3]) == nil)
  }

  @Test func roundsOfAPipeline() throws {
    #expect(
      try steps(["address", "accumulate", "change"], [2, 4, 2])
        == ["address", "accumulate", "accumulate", "change"] + [
          "address", "accumulate", "accumulate", "change",
        ])
    // A ratio of 64 wraps the wait to nothing.
    #expect(
      try steps(["address", "accumulate", "change"], [2, 0, 2])
        == ["address", "change", "address", "change"])
  }

  @Test func spikesOfATrain() throws {
    #expect(
      try steps(["encode", "clear"], [3, 2]) == ["encode", "clear", "encode", "clear", "encode"])
    #expect(try steps(["encode", "clear"], [3, 3]) == nil)
  }

  /// docs/hardware/conv-2023.md, "Writer": three cycles a processing element from the cycle after
  /// `ready`, two in a fully connected layer; what becomes ready meanwhile is lost.
  @Test func theWriterServesOneElementAfterAnother() throws {
    let replay = try ExampleTimeline.digits()
    let timeline = try replay.timeline(ofSample: 5)
    for engine in timeline.engines where engine.name == "spike writer" && engine.layer < 3 {
      let elements = Cycle(replay.hardware.layers[engine.layer].processingElements)
      let stride: Cycle = replay.hardware.layers[engine.layer].kind == .convolution ? 3 : 2
      let ready = try #require(
        timeline.signals.first { $0.layer == engine.layer && $0.name == "ready" })
      var (expected, free): ([Cycle], Cycle) = ([], 0)
      for cycle in ready.pulses where cycle >= free {
        expected += (0..<elements).map { cycle + 1 + stride * $0 }
        free = cycle + 1 + stride * elements
      }
      let samples = engine.slices.filter { engine.states[$0.state].name == "sample" }
      #expect(samples.map(\.from) == expected && samples.allSatisfy { $0.length == 1 })
    }
  }

  @Test func chunksThatDoNotFitAreNotInvented() throws {
    let states = ["load", "encode", "clear"]
    #expect(
      try steps(states, [2, 3, 1], chunks: [0, 1])
        == ["load", "encode", "load", "encode", "clear", "encode"])
    #expect(try steps(states, [2, 3, 1], chunks: [1, 1]) == nil)
    #expect(try steps(states, [2, 3, 1], chunks: [1]) == nil)
    #expect(try steps(states, [2, 3, 1]) == nil)
  }

  /// The compression engine's track against a priority encoder that is stepped cycle by cycle over
  /// the very bits of the trace.
  @Test(arguments: 200..<240 as Range<UInt64>)
  func compressionMeetsASteppedEncoder(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let replay = try ExampleTimeline.random(seed: seed, in: folder)
    let timeline = try ExampleTimeline(replay, sample: 1).timeline
    for engine in timeline.engines where engine.name == "compression engine" {
      let layer = replay.hardware.layers[engine.layer]
      let frame = try #require(layer.encodedFrame)
      let planes = try replay.trace.boundary(engine.layer, of: 1)
      let neurons = frame.rows * frame.pixels
      var pass: [[String]] = []
      for timeStep in 0..<planes.timeSteps {
        for first in stride(from: 0, to: planes.neurons, by: neurons) {
          var bits: [Bool] = []
          for row in 0..<frame.rows {
            for bit in 0..<frame.rowBits {
              let neuron = first + row * frame.pixels + bit
              bits.append(bit < frame.pixels && planes[timeStep: timeStep, neuron: neuron])
            }
          }
          pass.append(SteppedEncoder.states(of: bits, width: frame.encoderWidth))
        }
      }
      var drawn: [[String]] = []
      var isInside = false
      for slice in engine.slices {
        let name = engine.states[slice.state].name
        guard ["load", "encode", "clear"].contains(name) else {
          isInside = false
          continue
        }
        if !isInside { drawn.append([]) }
        isInside = true
        drawn[drawn.count - 1] += Array(repeating: name, count: Int(slice.length))
      }
      let passes = layer.kind == .convolution ? layer.passes : 1
      #expect(drawn == (0..<passes).flatMap { _ in pass })
    }
  }
}

/// A priority encoder as its registers are (docs/hardware/conv-2023.md, "Compression"), sharing no
/// code with the simulation.
private enum SteppedEncoder {
  static func states(of bits: [Bool], width: Int) -> [String] {
    var states: [String] = []
    var (next, register, state) = (0, [Bool](), "load")
    while true {
      states.append(state)
      switch state {
      case "load":
        register = Array(bits[next..<min(next + width, bits.count)])
        next += width
        state = "encode"
      case "encode":
        if register.contains(true) {
          state = "clear"
        } else if next < bits.count {
          state = "load"
        } else {
          return states
        }
      default:
        register[register.firstIndex(of: true) ?? 0] = false
        state = "encode"
      }
    }
  }
}
