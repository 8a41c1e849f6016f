import PowerEstimation
import Testing

/// Memories against what synthesis made of them: exactly.
struct MemoryPackingTests {
  @Test func blockRAMsAreThoseOfTheSyntheses() throws {
    let runs = try SynthesisRun.all().filter {
      $0.component == "bram_pot" || ($0.component == "bram_spk" && $0.memoryTables == 0)
    }
    #expect(runs.count == 12)
    for run in runs {
      let shape = MemoryShape(
        depth: run.parameters["RAM_DEPTH"] ?? 0, width: run.parameters["RAM_WIDTH"] ?? 32)
      #expect(MemoryFamily.ultraScale.blockRAMs(shape) == run.blockRAMs, "\(shape)")
    }
  }

  @Test func distributedRAMsAreThoseOfTheSyntheses() throws {
    let runs = try SynthesisRun.all().filter {
      $0.component == "bram_spk" && $0.memoryTables > 0
    }
    #expect(runs.count == 3)
    for run in runs {
      let shape = MemoryShape(
        depth: run.parameters["RAM_DEPTH"] ?? 0, width: run.parameters["RAM_WIDTH"] ?? 0)
      #expect(MemoryFamily.ultraScale.distributedTables(shape) == run.memoryTables, "\(shape)")
      #expect(run.flipFlops == Double(shape.width))
    }
  }

  /// Wide words and words of one ultra RAM's depth agree with Yosys, which packs narrow ones nine to a
  /// row; Vivado does not.
  @Test func ultraRAMsFollowTheVendorsRule() throws {
    for run in try SynthesisRun.all() where run.component == "uram_wght" {
      let shape = MemoryShape(
        depth: run.parameters["RAM_DEPTH"] ?? 0, width: (run.parameters["BIT_WIDTH"] ?? 0) + 1)
      let rule = MemoryFamily.ultraScale.ultraRAMs(shape)
      #expect(rule >= run.ultraRAMs)
      if shape.width > 36 { #expect(rule == (run.ultraRAMs + 1), "\(shape)") }
    }
    #expect(MemoryFamily.ultraScale.ultraRAMs(MemoryShape(depth: 585_200, width: 4)) == 143)
    #expect(MemoryFamily.ultraScale.ultraRAMs(MemoryShape(depth: 4_096, width: 72)) == 1)
    #expect(MemoryFamily.ultraScale.ultraRAMs(MemoryShape(depth: 4_097, width: 73)) == 4)
  }

  /// Edges of the aspect ratios, by hand from UG573 and UG473.
  @Test(arguments: [
    (1, 1, 0.5), (512, 36, 0.5), (512, 37, 1), (512, 72, 1), (512, 73, 1.5), (513, 36, 1),
    (1_024, 18, 0.5), (1_025, 18, 1), (2_048, 9, 0.5), (4_096, 4, 0.5), (4_096, 5, 1),
    (16_384, 1, 0.5), (16_385, 1, 1), (32_768, 1, 1), (32_769, 1, 1.5), (1_024, 72, 2),
  ])
  func aspectRatiosHaveSharpEdges(depth: Int, width: Int, expected: Double) {
    let shape = MemoryShape(depth: depth, width: width)
    #expect(MemoryFamily.ultraScale.blockRAMs(shape) == expected)
    #expect(MemoryFamily.series7.blockRAMs(shape) == expected)
  }

  @Test func noMemoryIsSmallerThanItsBitsOrShrinksAsItGrows() {
    var depth = 1
    while depth < 100_000 {
      for width in [1, 3, 4, 8, 9, 17, 18, 31, 32, 36, 64, 72, 100, 225] {
        let shape = MemoryShape(depth: depth, width: width)
        let rams = MemoryFamily.ultraScale.blockRAMs(shape)
        #expect(rams * 36_864 >= Double(shape.bits))
        #expect(
          rams <= MemoryFamily.ultraScale.blockRAMs(MemoryShape(depth: depth + 1, width: width)))
      }
      depth += depth / 3 + 1
    }
  }

  @Test func series7TablesHoldHalfAsMuch() {
    // RAM32M holds 32 words of 6 bits in 4 tables, RAM64M 64 of 3.
    #expect(MemoryFamily.series7.distributedTables(MemoryShape(depth: 32, width: 6)) == 4)
    #expect(MemoryFamily.series7.distributedTables(MemoryShape(depth: 32, width: 7)) == 8)
    #expect(MemoryFamily.series7.distributedTables(MemoryShape(depth: 64, width: 3)) == 4)
    #expect(MemoryFamily.series7.distributedTables(MemoryShape(depth: 65, width: 3)) == 8)
  }
}
