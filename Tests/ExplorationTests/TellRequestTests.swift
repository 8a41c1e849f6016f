import Accelerator
import Exploration
import Foundation
import TestSupport
import Testing

/// Lines that choose points, and the lines that answer them.
@Suite struct TellRequestTests {
  private func sweep() throws -> SweepSpecification {
    let folder = try TemporaryFolder()
    return try SweepSpecification(
      folder.write(
        """
        preset: digits
        train: {epochs: 3}
        grid:
          beta: {from: 0.25, to: 0.95}
          slope: {from: 0.5, to: 32, scale: log}
          batch-size: {from: 16, to: 64, step: 16}
          surrogate: [arctangent, fast-sigmoid]
          theta: [1.0, 2]
        seeds: [3, 4]
        """, to: "a.yaml"))
  }

  private static let options =
    #""beta":0.5,"slope":1,"batch-size":32,"surrogate":"arctangent","theta":1"#

  @Test func aLineChoosesAPoint() throws {
    let sweep = try sweep()
    let request = try TellRequest(#"{"id": [7], "options": {\#(Self.options)}}"#, for: sweep)
    guard case .measure(let id, let configuration) = request else {
      Issue.record("\(request)")
      return
    }
    #expect(id == .array([.integer(7)]) && configuration.seed == 3)
    #expect(
      configuration.options == [
        .init("epochs", "3"), .init("beta", "0.5"), .init("slope", "1"), .init("batch-size", "32"),
        .init("surrogate", "arctangent"), .init("theta", "1.0"),
      ])
    let seeded = try TellRequest(#"{"options": {\#(Self.options)}, "seed": 9}"#, for: sweep)
    guard case .measure(.null, let other) = seeded else {
      Issue.record("\(seeded)")
      return
    }
    #expect(other.seed == 9 && other.choices == configuration.choices)
  }

  @Test func whatAskPrintsTellUnderstands() throws {
    var sweep = try sweep()
    sweep.random = .init(points: 20, seed: 1)
    for (number, configuration) in try sweep.configurations.enumerated() {
      let point = SuggestedPoint(
        id: number, choices: configuration.choices, seed: configuration.seed, key: "k")
      let line = String(decoding: try JSONEncoder().encode(point), as: UTF8.self)
      #expect(
        try TellRequest(line, for: sweep) == .measure(id: .integer(Int64(number)), configuration))
    }
  }

  @Test(arguments: [
    ("", "no line of JSON"), ("[1]", "no line of JSON"), ("{\"id\":1", "no line of JSON"),
    (#"{"options":{}}"#, "'beta' is missing"), (#"{"id":1}"#, "'options' is missing"),
    (#"{"options":[1]}"#, "'options' is missing"),
    (#"{"options":{"beta":0.5,"gamma":1}}"#, "'gamma' is no axis"),
    (#"{"options":{"beta":0.96}}"#, "from 0.25 to 0.95"),
    (#"{"options":{"beta":"nan"}}"#, "from 0.25 to 0.95"),
    (#"{"options":{"beta":null}}"#, "'beta' is missing"),
    (#"{"options":{"beta":[0.5]}}"#, "'beta' is missing"),
    (#"{"options":{"beta":0.5,"slope":1,"batch-size":32,"surrogate":"x"}}"#, "not among"),
    (#"{"options":{\#(options)},"seed":-1}"#, "'seed' is no whole number"),
    (#"{"options":{\#(options)},"seed":1.5}"#, "'seed' is no whole number"),
    (#"{"options":{\#(options)},"sed":1}"#, "'sed' has no meaning"),
    (#"{"measurement":{}}"#, "no point of a sweep"),
    (#"{"format":"lockstep-sweep-point","schemaVersion":9}"#, "newer lockstep"),
  ])
  func badLinesSayWhatToDo(_ line: String, _ message: String) throws {
    let sweep = try sweep()
    let failure = #expect(throws: TellRequest.Failure.self) {
      _ = try TellRequest(line, for: sweep)
    }
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
  }

  @Test func aPointThatWasMeasuredElsewhereIsTakenAsItIs() throws {
    for point in [ExamplePoint.measured("a"), ExamplePoint.failed("b")] {
      let line = String(decoding: try point.line(), as: UTF8.self)
      #expect(try TellRequest(line, for: sweep()) == .record(id: .null, point))
    }
  }

  @Test func answersAreFlat() throws {
    func fields(_ answer: TellAnswer) throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(answer))
      return try #require(object as? [String: Any])
    }
    let answer = try fields(.point(id: .string("x"), ExamplePoint.measured("a"), .found))
    #expect(answer["id"] as? String == "x" && answer["key"] as? String == "a")
    #expect(answer["accuracy"] as? Double == 0.8 && answer["source"] as? String == "found")
    for measure in PointMeasure.all { #expect(answer[measure.name] is Double, "\(measure.name)") }
    let failed = try fields(.point(id: .null, ExamplePoint.failed("a"), .measured))
    #expect(failed["failure"] as? String == "diverged" && failed["accuracy"] == nil)
    let error = try fields(.error(id: .integer(1), line: 3, message: "no"))
    #expect(error["line"] as? Int == 3 && error["error"] as? String == "no")
  }

  @Test func theSpaceHasBoundsAndUnits() throws {
    let space = SpaceDescription(try sweep())
    #expect(space.axes.map(\.type) == ["real", "real", "integer", "choice", "choice"])
    #expect(space.axes[1].log == true && space.axes[0].from == 0.25 && space.axes[2].step == 16)
    #expect(space.axes[4].values == [.real(1), .integer(2)])
    #expect(space.measures.map(\.name).contains("joulesPerImage"))
  }
}
