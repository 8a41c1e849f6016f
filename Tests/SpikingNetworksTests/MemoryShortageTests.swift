import SpikingKernels
import SpikingNetworks
import Testing

/// Blocks that no machine has the memory for.
@Suite struct MemoryShortageTests {
  @Test func refusedBlocksSayTheirSize() {
    // 2^49 bytes: more than today's processors address.
    let error = #expect(throws: MemoryShortage.self) { try FloatStorage(count: 1 << 47) }
    #expect(error?.amount == "512.0 TiB")
    for count in [1 << 50, Int.max] {
      let error = #expect(throws: MemoryShortage.self) { try FloatStorage(count: count) }
      #expect(error?.bytes == nil)
    }
  }

  @Test func productsOfExtentsDoNotOverflow() throws {
    #expect(try FloatStorage.product() == 1)
    #expect(try FloatStorage.product(3, 0, 1 << 40) == 0)
    #expect(try FloatStorage.product(1 << 24, 1 << 24) == 1 << 48)
    for factors in [(1 << 32, 1 << 32), (1 << 24, 1 << 25), (Int.max, 2)] {
      let error = #expect(throws: MemoryShortage.self) {
        try FloatStorage.product(factors.0, factors.1)
      }
      #expect(error?.amount == "more than any machine has")
    }
  }

  @Test func workspacesOfAbsurdManySamplesAreRefused() throws {
    let description = NetworkDescription(
      name: "small", input: FeatureShape(channels: 2, height: 4, width: 4), timeSteps: 3,
      layers: try NetworkNotation.layers(
        "4C3-P2-4", neuron: .leaky(beta: 0.9)), classes: 2)
    let plan = try NetworkPlan(description)
    for samples in [1 << 46, 1 << 60, Int.max] {
      #expect(throws: MemoryShortage.self) {
        try NetworkWorkspace(plan, samples: samples, keeping: { _ in .spikes })
      }
    }
  }
}
