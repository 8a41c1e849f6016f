import Foundation
import TestSupport
import Testing

/// `lockstep model` as users meet it.
@Suite struct ModelCommandTests {
  private static let digits =
    Fixture.url("digits.safetensors", folder: "../../models").path

  @Test func informationIsForPeopleAndPrograms() throws {
    let text = try LockstepProgram().run(["model", "info", Self.digits])
    #expect(text.status == 0, "\(text.errors)")
    for part in ["16C3-32C3-P2-64-100", "OR pooling 2", "leaky 0.9, theta 1.0, subtract", "seed"] {
      #expect(text.output.contains(part), "\(part)")
    }
    let json = try LockstepProgram().run(["model", "info", Self.digits, "--json"])
    let content = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    // 160 + 4640 of the convolutions, 8256 + 6500 of the full connections.
    #expect(content["parameters"] as? Int == 19556)
    let layers = try #require(content["layers"] as? [[String: Any]])
    #expect(layers.map { $0["operationsPerStep"] as? Int } == [5184, 73728, 8192, 6400])
  }

  @Test func yamlAndSafetensorsAreTheSameModel() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    // Written by this version first: an older model may spell its description differently.
    let model = folder.path("model.safetensors")
    #expect(try program.run(["model", "convert", Self.digits, "-o", model]).status == 0)
    let yaml = folder.path("net.yaml")
    let out = try program.run(["model", "convert", model, "-o", yaml])
    #expect(out.status == 0, "\(out.errors)")
    #expect(out.output == "\(yaml)\n\(folder.path("net-weights.safetensors"))\n")
    let back = folder.path("back.safetensors")
    #expect(try program.run(["model", "convert", yaml, "-o", back]).status == 0)
    let first = try Data(contentsOf: URL(fileURLWithPath: model))
    #expect(try Data(contentsOf: URL(fileURLWithPath: back)) == first)
  }

  @Test func mistakesSayWhatToDo() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    try Data("input: 4\ntime-steps: 2\nclasses: 2\nneurons: {beta: 0.5}\nlayers: 2\n".utf8)
      .write(to: URL(fileURLWithPath: folder.path("net.yaml")))
    // A network without weights can be looked at, but not converted.
    let info = try program.run(["model", "info", folder.path("net.yaml")])
    #expect(info.status == 0 && info.output.contains("no weights yet"), "\(info.errors)")
    let none = try program.run([
      "model", "convert", folder.path("net.yaml"), "-o", folder.path("net.safetensors"),
    ])
    #expect(none.status == 2 && none.errors.contains("names no weights"), "\(none.errors)")
    let wrong = try program.run([
      "model", "convert", folder.path("net.yaml"), "--weights", Self.digits, "-o",
      folder.path("net.safetensors"),
    ])
    #expect(wrong.status == 2 && wrong.errors.contains("fc1.weight"), "\(wrong.errors)")
    let ending = try program.run(["model", "convert", Self.digits, "-o", folder.path("net.onnx")])
    #expect(ending.status == 64 && ending.errors.contains(".safetensors"), "\(ending.errors)")
    let absent = try program.run(["model", "info", folder.path("no.yaml")])
    #expect(absent.status == 2 && absent.errors.contains("no such file"), "\(absent.errors)")
  }
}
