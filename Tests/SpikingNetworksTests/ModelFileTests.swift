import Foundation
import SpikingNetworks
import Testing

/// Model files: what is written is read, and nothing damaged is believed.
@Suite struct ModelFileTests {
  private func example() throws -> ModelFile {
    let description = NetworkDescription(
      name: "example", input: FeatureShape(channels: 1, height: 5, width: 5), timeSteps: 3,
      layers: try NetworkNotation.layers("4C3-6", neuron: .leaky(beta: 0.5)), classes: 3)
    return ModelFile(
      network: try SpikingNetwork(description, weights: description.initialWeights(seed: 2)),
      hyperparameters: ["optimiser": "adam", "seed": "2"])
  }

  @Test func whatIsWrittenIsRead() throws {
    let model = try example()
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("model-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    let read = try ModelFile(path: path)
    #expect(read.network.description == model.network.description)
    #expect(read.network.weights == model.network.weights)
    #expect(read.hyperparameters == model.hyperparameters)
    let (first, second) = (try read.encoded(), try model.encoded())
    #expect(first == second)
  }

  @Test func theLayoutIsSafetensors() throws {
    let data = try example().encoded()
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 8 == 0)
    let header = try #require(
      JSONSerialization.jsonObject(with: data[8..<(8 + length)]) as? [String: Any])
    let entry = try #require(header["conv1.weight"] as? [String: Any])
    #expect(entry["dtype"] as? String == "F32")
    #expect(entry["shape"] as? [Int] == [4, 1, 3, 3])
    #expect(entry["data_offsets"] as? [Int] == [0, 144])
    // 36 + 4 values of the convolution, 216 + 6 of the full connection.
    #expect(data.count == 8 + length + 4 * 262)
  }

  @Test func everyTruncationIsAnError() throws {
    let data = try example().encoded()
    for length in stride(from: 0, to: data.count, by: 7) {
      #expect(throws: NetworkError.self) { try ModelFile(decoding: data.prefix(length)) }
    }
  }

  @Test func absurdHeadersAreErrors() throws {
    let data = try example().encoded()
    for length in [UInt64.max, 1 << 40, UInt64(data.count)] {
      var damaged = data
      withUnsafeBytes(of: length.littleEndian) { damaged.replaceSubrange(0..<8, with: $0) }
      #expect(throws: NetworkError.self) { try ModelFile(decoding: damaged) }
    }
    for (part, other) in [
      ("[0,144]", "[4,144]"), ("[0,144]", "[0,999]"), ("\"F32\"", "\"F16\""),
      ("[4,1,3,3]", "[4,1,9,1]"), ("lockstep-network", "foreign-network1"),
    ] {
      var damaged = data
      let range = try #require(damaged.range(of: Data(part.utf8)))
      damaged.replaceSubrange(range, with: Data(other.utf8))
      #expect(throws: NetworkError.self, "\(part)") { try ModelFile(decoding: damaged) }
    }
  }

  @Test func flippedBytesNeverTrap() throws {
    let data = try example().encoded()
    for position in stride(from: 0, to: data.count, by: 3) {
      var damaged = data
      damaged[position] ^= 0xFF
      _ = try? ModelFile(decoding: damaged)
    }
  }

  @Test func nonFiniteWeightsAreNamed() throws {
    var data = try example().encoded()
    // The last value is fc1.bias[5].
    withUnsafeBytes(of: Float.nan.bitPattern.littleEndian) {
      data.replaceSubrange((data.count - 4)..<data.count, with: $0)
    }
    let error = #expect(throws: NetworkError.self) { try ModelFile(decoding: data) }
    #expect(error?.code == .invalidWeights)
    #expect(error?.description.contains("fc1.bias") == true)
    #expect(error?.description.contains("[5]") == true)
  }

  @Test func filesThatCannotBeAreErrors() throws {
    let model = try example()
    #expect(throws: NetworkError.self) { try ModelFile(path: "/nowhere/model.safetensors") }
    #expect(throws: NetworkError.self) { try model.write(to: "/nowhere/model.safetensors") }
    #expect(throws: NetworkError.self) { try ModelFile(decoding: Data("not a model".utf8)) }
  }
}
