import Accelerator
import TestSupport
import Testing

// Does the pipeline meet its closed form, whatever is configured, and in any process order?
@Suite struct FullyConnected2023RecordingTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func randomPipelinesMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (geometry, spikes) = RandomPipeline.make(emptySteps: false, using: &random)
    var simulator = try FullyConnected2023Recording(geometry)
    let replay = try simulator.replay(spikes: spikes)
    let closed = PipelineRecurrence(geometry, spikes: spikes)
    let lines = replay.log.map {
      PipelineRecurrence.Line(cycle: $0.cycle, boundary: $0.boundary, step: Int($0.step))
    }
    #expect(Set(lines) == closed.lines)
    #expect(lines.count == closed.lines.count)
    #expect(replay.end == closed.end)
    #expect(replay.deadlock == nil)
  }

  @Test func emptyTimeStepsMeetTheThreadsLineByLine() throws {
    var (deadlocks, misnamed, lost) = (0, 0, 0)
    for seed in 0..<3000 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let (geometry, spikes) = RandomPipeline.make(emptySteps: true, using: &random)
      var simulator = try FullyConnected2023Recording(geometry)
      let replay = try simulator.replay(spikes: spikes)
      let threads = PipelineInterpreter(geometry, spikes: spikes)
      let lines = replay.log.map {
        [$0.cycle, UInt64($0.boundary), UInt64($0.spikes), $0.step]
      }
      #expect(lines == threads.log, "seed \(seed)")
      #expect(replay.end == threads.end, "seed \(seed)")
      #expect((replay.deadlock != nil) == (replay.end == nil))
      deadlocks += replay.end == nil ? 1 : 0
      misnamed += threads.misnamedSteps
      let arrivals = replay.log.count { $0.boundary == 1 }
      lost += geometry.layers > 1 ? geometry.timeSteps - arrivals : 0
    }
    // The sample holds every quirk.
    #expect(deadlocks > 10)
    #expect(misnamed > 3)
    #expect(lost > 100)
  }

  @Test(arguments: 2000..<2200 as Range<UInt64>)
  func accountsAddUpAndOrderDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (geometry, spikes) = RandomPipeline.make(emptySteps: seed.isMultiple(of: 2), using: &random)
    var simulator = try FullyConnected2023Recording(geometry)
    let replay = try simulator.replay(spikes: spikes)
    for (layer, cycles) in replay.stateCycles.enumerated() {
      #expect(cycles.count == PipelineReplay.stateNames.count)
      #expect(cycles.reduce(0, +) == replay.window)
      let spikes = replay.log.reduce(0) { $1.boundary == layer ? $0 + UInt64($1.spikes) : $0 }
      // A misnamed step may end the log early; without empty steps there is none.
      if !seed.isMultiple(of: 2) {
        #expect(cycles[2] == spikes)
        #expect(cycles[3] == spikes * geometry.waitCycles(of: layer))
        #expect(cycles[4] == spikes)
      }
    }
    for _ in 0..<3 {
      let order = Array(0..<geometry.layers).shuffled(using: &random)
      var shuffled = try FullyConnected2023Recording(geometry, order: order)
      let again = try shuffled.replay(spikes: spikes)
      #expect(again == replay)
    }
    // A second sample is not touched by the first.
    let second = try simulator.replay(spikes: spikes)
    #expect(second == replay)
  }

  @Test func eventsGrowWithTimeStepsNotWithCycles() throws {
    func events(ratio: Int) throws -> UInt64 {
      let geometry = PipelineGeometry(
        inputs: 500, neurons: [500, 500, 500],
        logicalToHardwareRatios: [ratio, ratio, ratio], timeSteps: 20)
      var simulator = try FullyConnected2023Recording(geometry)
      _ = try simulator.replay(
        spikes: Array(repeating: Array(repeating: 100, count: 20), count: 4))
      return simulator.eventCount
    }
    #expect(try events(ratio: 1) <= 3 * 20 * 3)
    #expect(try events(ratio: 63) == events(ratio: 20))
  }

  @Test func aDeadlockSaysWhy() throws {
    let geometry = PipelineGeometry(
      inputs: 16, neurons: [16, 16, 16], logicalToHardwareRatios: [1, 1, 1], timeSteps: 6)
    var simulator = try FullyConnected2023Recording(geometry)
    let replay = try simulator.replay(spikes: [[], [], [], []])
    #expect(replay.end == nil)
    #expect(replay.deadlock?.contains("time step 5 has no input spikes") == true)
    #expect(replay.deadlock?.contains("layer 1 is still busy") == true)
    #expect(replay.log.last?.cycle == 27)
  }

  @Test func theWaitWrapsAtEightBits() {
    let geometry = PipelineGeometry(
      inputs: 1, neurons: [1, 1, 1, 1], logicalToHardwareRatios: [63, 64, 65, 128], timeSteps: 1)
    #expect((0..<4).map { geometry.waitCycles(of: $0) } == [252, 0, 4, 0])
  }

  @Test func absurdParametersAndSpikesAreRefused() throws {
    func geometry(
      inputs: Int = 4, neurons: [Int] = [4, 4], ratios: [Int] = [1, 1], timeSteps: Int = 2
    ) -> PipelineGeometry {
      PipelineGeometry(
        inputs: inputs, neurons: neurons, logicalToHardwareRatios: ratios, timeSteps: timeSteps)
    }
    for wrong in [
      geometry(inputs: 0), geometry(neurons: [], ratios: []), geometry(neurons: [4]),
      geometry(ratios: [1, 0]), geometry(neurons: [4, .max]), geometry(timeSteps: -1),
      geometry(
        neurons: Array(repeating: 1, count: 1001), ratios: Array(repeating: 1, count: 1001)),
      geometry(
        neurons: Array(repeating: 1, count: 9), ratios: Array(repeating: 1, count: 9),
        timeSteps: 1 << 20),
    ] {
      #expect(throws: ConfigurationError.self) {
        _ = try FullyConnected2023Recording(wrong).eventCount
      }
    }
    for spikes in [[], [[]], [[5], [], []], [[], [], [5]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) {
        var simulator = try FullyConnected2023Recording(geometry())
        _ = try simulator.replay(spikes: spikes)
      }
    }
  }
}
