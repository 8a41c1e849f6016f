import Accelerator
import Foundation
import TestSupport
import Testing

// Is every number of every golden vector reproduced exactly, and nonsense answered?
@Suite struct FullyConnected2023VectorTests {
  @Test(arguments: [("fc-2023.pipeline", 89, 11_254), ("fc-2023-rtl", 12, 598)])
  func everyNumberIsExact(name: String, cases: Int, numbers: Int) throws {
    let data = try Fixture.data("\(name).jsonl.zst", folder: "../../vectors")
    let validation = try VectorValidation(checking: data, file: name)
    #expect(validation.cases == cases)
    #expect(validation.outcomes.map(\.engine) == [.event, .closed])
    #expect(validation.outcomes.map(\.compared) == [numbers, numbers])
    #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
  }

  @Test(arguments: ["fc-2023.pipeline", "fc-2023-rtl"])
  func theOrderWithinACycleDoesNotMatter(name: String) throws {
    let data = try Fixture.data("\(name).jsonl.zst", folder: "../../vectors")
    for order in [{ Array((0..<$0).reversed()) }, { (0..<$0).map { [1, 2, 0][$0] } }]
      as [(Int) -> [Int]]
    {
      let validation = try VectorValidation(checking: data, file: name, order: order)
      #expect(validation.mismatches == 0, "\(validation.first?.description ?? "")")
    }
  }

  /// The beginning of a run of 784-500-500-300 in the authors' own log.
  ///
  /// Published with the simulator (public repository SNN-DSE, commit 161404c, trace_log.txt), at 10
  /// microseconds a cycle; the ratios 4, 8, 16 follow from the stamps. The run had 15 time steps; the spikes of the later ones are not in the log, and do not
  /// matter to what came before.
  @Test func thePublishedStampsAreExact() throws {
    let stamps: [(cycle: UInt64, boundary: Int, spikes: UInt32, step: UInt64)] = [
      (0, 0, 93, 0), (1678, 1, 58, 0), (1679, 0, 95, 1), (3655, 2, 75, 0), (3657, 1, 74, 1),
      (3658, 0, 112, 2), (8609, 3, 28, 0), (8613, 2, 95, 1), (8615, 1, 81, 2), (8616, 0, 97, 3),
      (14887, 3, 37, 1), (14891, 2, 89, 2), (14893, 1, 81, 3), (14894, 0, 96, 4),
      (20769, 3, 43, 2),
    ]
    let spikes = (0...3).map { boundary in
      let known = stamps.filter { $0.boundary == boundary }.map(\.spikes)
      return known + Array(repeating: 90, count: 15 - known.count)
    }
    var simulator = try FullyConnected2023Recording(
      PipelineGeometry(
        inputs: 784, neurons: [500, 500, 300], logicalToHardwareRatios: [4, 8, 16],
        timeSteps: 15))
    let log = try simulator.replay(spikes: spikes).log.prefix(stamps.count)
    #expect(log.count == stamps.count)
    for (line, stamp) in zip(log, stamps) {
      #expect(line.cycle == stamp.cycle)
      #expect(line.boundary == stamp.boundary)
      #expect(line.spikes == stamp.spikes)
      #expect(line.step == stamp.step)
    }
  }

  @Test(arguments: [
    (#""kind":"pipeline""#, #""kind":"conv""#, "kind \"conv\" is unknown"),
    (#""neurons":[4,4]"#, #""neurons":4"#, "needs \"neurons\""),
    (#""neurons":[4,4]"#, #""neurons":[4,0.5]"#, "needs \"neurons\""),
    (#""neurons":[4,4]"#, #""neurons":[]"#, "neurons lists 0 layers"),
    (#""neurons":[4,4]"#, #""neurons":[4,4,4]"#, "lhr lists 2 ratios for 3 layers"),
    (#""lhr":[1,1]"#, #""lhr":[1,0]"#, "lhr[1] is 0"),
    (#""timeSteps":1"#, #""timeSteps":99999999"#, "timeSteps is 99999999"),
    (#""timeSteps":1"#, #""T":1"#, "needs a whole number \"timeSteps\""),
    (#""log":"#, #""lines":"#, "needs \"log\""),
    (#"[0,"in",2,0]"#, "7", "must be [cycle, kind, spikes, step]"),
    (#"[0,"in",2,0]"#, #"[0,"in",2]"#, "must be [cycle, kind, spikes, step]"),
    (#"[0,"in",2,0]"#, #"[0,"l2",2,0]"#, "l0 to l1"),
    (#"[0,"in",2,0]"#, #"[0,"in",5,0]"#, "a frame has 0 to 4 spikes"),
    (#"[0,"in",2,0]"#, #"[0,"in",-1,0]"#, "a frame has 0 to 4 spikes"),
  ])
  func aMalformedPipelineIsAnswered(old: String, new: String, words: String) throws {
    let line = """
      {"id":"x","platform":"fc-2023","layers":[{"kind":"pipeline","config":{"inputs":4,\
      "neurons":[4,4],"lhr":[1,1],"timeSteps":1},"counts":null,"expect":{"log":[[0,"in",2,0]]}}]}
      """
    try expectProblem(line, old, new, words)
  }

  @Test(arguments: [
    (#""kind":"fc""#, #""kind":"frob""#, "kind \"frob\" is unknown"),
    (#"{"gap":0}"#, #"{}"#, "must be {\"gap\": cycles}"),
    (#"{"gap":0}"#, #"{"gap":-1}"#, "must be {\"gap\": cycles}"),
    (#""neurons":4"#, #""neurons":0"#, "neurons is 0"),
    (#""processingElements":2"#, #""processingElements":5"#, "give each unit a neuron"),
    (#""listCapacity":8"#, #""listCapacity":"8""#, "needs a whole number \"listCapacity\""),
    (#""counts":[3]"#, #""counts":[9]"#, "a frame has 0 to 8 spikes"),
    (#""counts":[3]"#, #""counts":[3,3]"#, "\"trains\" is 1, but \"counts\" holds 2"),
  ])
  func aMalformedSpikeTrainIsAnswered(old: String, new: String, words: String) throws {
    try expectProblem(Self.spikeTrain, old, new, words)
  }

  private static let spikeTrain = """
    {"id":"x","platform":"fc-2023-rtl","start":{"gap":0},"layers":[{"kind":"fc","config":{\
    "trains":1,"inputs":8,"neurons":4,"processingElements":2,"listCapacity":8,\
    "accumulateLatency":3},"counts":[3],"expect":{}}]}
    """

  private func expectProblem(
    _ line: String, _ old: String, _ new: String, _ words: String
  ) throws {
    let changed = line.replacingOccurrences(of: old, with: new)
    #expect(changed != line)
    do {
      let validation = try VectorValidation(checking: Data(changed.utf8), file: "bad")
      Issue.record("no error, but \(validation.mismatches) mismatches")
    } catch {
      #expect(error.description.contains(words), "\(error)")
    }
  }
}
