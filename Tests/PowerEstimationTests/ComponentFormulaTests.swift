import Accelerator
import Foundation
import PowerEstimation
import TestSupport
import Testing

/// Formulas against the syntheses they were fitted to, and, apart from those, against the ones they
/// never saw: the errors are those that ``ComponentFormula`` states.
struct ComponentFormulaTests {
  /// |formula / synthesis - 1| of every run.
  private func check(
    _ formula: ComponentFormula, _ runs: [SynthesisRun], of resource: Resource = .logicTables,
    _ predict: (SynthesisRun) -> Double
  ) {
    func errors(_ runs: [SynthesisRun]) -> [Double] {
      runs.map { run in
        let truth = resource == .flipFlops ? run.flipFlops : run.tables
        return abs(predict(run) / truth - 1)
      }.sorted()
    }
    func check(_ runs: [SynthesisRun], _ stated: ComponentFormula.Errors, _ name: String) {
      let errors = errors(runs)
      let median =
        errors.isEmpty ? 0 : (errors[(errors.count - 1) / 2] + errors[errors.count / 2]) / 2
      let comment: Comment = """
        \(formula.component), \(name): \(errors.count) runs, median \(median), \
        worst \(errors.last ?? 0)
        """
      #expect(errors.count == stated.runs, comment)
      #expect(abs(median - stated.median) < 0.0011, comment)
      #expect(abs((errors.last ?? 0) - stated.worst) < 0.0011, comment)
    }
    check(runs.filter(\.isFit), formula.fit, "fit")
    if let heldOut = formula.heldOut { check(runs.filter { !$0.isFit }, heldOut, "held out") }
  }

  private func runs(_ components: String..., where holds: (SynthesisRun) -> Bool = { _ in true })
    throws -> [SynthesisRun]
  {
    try SynthesisRun.all().filter { components.contains($0.component) && holds($0) }
  }

  @Test func theDocumentStatesTheseErrors() throws {
    let document = try String(
      contentsOf: Fixture.url("Resources.md", folder: "../../docs"), encoding: .utf8)
    for formula in ComponentFormula.all {
      #expect(document.contains(formula.markdownRow), "\(formula.markdownRow)")
    }
  }

  @Test func encoder() throws {
    check(.encoder, try runs("penc")) { EncoderCost.tables(width: $0.parameters["PENC_SIZE"] ?? 0) }
  }

  @Test func convolutionController() throws {
    let one = try runs("conv_ec", "conv_ec_d25", "conv_ec_dec23", "conv_ec_W28")
    let cost = { (run: SynthesisRun) in ConvolutionCost(geometry: run.convolution, pooling: 1) }
    check(.convolutionControllerTables, one) { cost($0).controllerTables }
    check(.convolutionControllerFlipFlops, one, of: .flipFlops) {
      cost($0).controllerFlipFlops(lists: 1)
    }
    // The functional machine has two lists.
    for run in try runs("conv_ec_d25B") {
      #expect(cost(run).controllerFlipFlops(lists: 2) == run.flipFlops)
    }
  }

  @Test func convolutionElements() throws {
    let cost = { (run: SynthesisRun) in ConvolutionCost(geometry: run.convolution, pooling: 1) }
    check(.convolutionElementTables, try runs("conv_nc_int")) {
      cost($0).elementTables(isInLayer: false)
    }
    check(.convolutionElementTables2023, try runs("conv_nc_dec23ext")) {
      cost($0).elementTables2023(isInLayer: false)
    }
    let all = try runs(
      "conv_nc_int", "conv_nc_pub_synthint", "conv_nc_pub_hybridfp", "conv_nc_fix",
      "conv_nc_dec23ext")
    check(.convolutionElementFlipFlops, all, of: .flipFlops) { cost($0).elementFlipFlops }
    check(.weightTable, try runs("conv_nc_dec23rom")) {
      cost($0).elementTables2023(isInLayer: false) + 76.6
        + ConvolutionCost.weightTables(bits: cost($0).weightWords * 32)
    }
  }

  @Test func spikeWriter() throws {
    let cost = { (run: SynthesisRun) in
      ConvolutionCost(geometry: run.writer, pooling: max(run.parameters["POOL"] ?? 1, 1))
    }
    let all = try runs("spk_writer")
    check(.writerTables, all.filter { $0.parameters["POOL"] == 0 }) { cost($0).writerTables }
    check(.poolingWriterTables, all.filter { $0.parameters["POOL"] == 2 }) { cost($0).writerTables }
    check(.writerFlipFlops, all, of: .flipFlops) { cost($0).writerFlipFlops }
  }

  @Test func fullyConnectedController() throws {
    let all = try runs("fc_ec_d25fix", "fc_ec_dec23") {
      !($0.set == "fit" && $0.component == "fc_ec_dec23")
    }
    let cost = { (run: SynthesisRun) in FullyConnectedCost(geometry: run.fullyConnected) }
    // As synthesised, an entry is as wide as the address in a row.
    let bits = { (run: SynthesisRun) in
      Int(log2(Double(run.parameters["INPUT_FRAME_SIZE"] ?? 1)).rounded(.up))
    }
    check(.fullyConnectedControllerTables, all) { cost($0).controllerTables(listBits: bits($0)) }
    check(.fullyConnectedControllerFlipFlops, all, of: .flipFlops) {
      cost($0).controllerFlipFlops(listBits: bits($0))
    }
  }

  @Test func fullyConnectedElements() throws {
    check(.fullyConnectedElementTables, try runs("fc_nc_d25fix", "fc_nc_dec23")) {
      $0.component == "fc_nc_dec23"
        ? FullyConnectedCost.elementTables.conv2023 : FullyConnectedCost.elementTables.hybrid2024
    }
    for run in try runs("fc_nc_d25fix", "fc_nc_dec23") {
      #expect(run.flipFlops == FullyConnectedCost.elementFlipFlops)
    }
  }

  @Test func denseCore() throws {
    let geometry = { (pixels: Int) in
      DenseCost(
        geometry: DenseGeometry(
          timeSteps: 3, inputChannels: 3, outputChannels: 64, kernel: 3, pixels: pixels))
    }
    let array = try #require(try runs("pe_array_fix").first)
    let elements = DenseCost.element * 27
    #expect(elements.logicTables == array.tables && elements.flipFlops == array.flipFlops)
    #expect(elements.multipliers == array.multipliers)
    let unit = try runs("thresholding_fix")
    check(.thresholdUnitTables, unit) { run in
      let width = run.parameters["FRAME_WIDTH"] ?? 0
      return geometry(width * width).thresholdUnit.logicTables
    }
    #expect(geometry(1_024).delayFlipFlops == 12_096)
  }
}

extension SynthesisRun {
  private func number(_ key: String) -> Int { parameters[key] ?? 1 }

  /// The parameters of a controller or processing element of a convolution.
  var convolution: ConvolutionGeometry {
    let width = number("INPUT_FRAME_WIDTH")
    let output = parameters["OUTPUT_FRAME_WIDTH"] ?? width
    return ConvolutionGeometry(
      timeSteps: number("TIME_STEPS"),
      inputChannels: parameters["INPUT_CHANNELS"] ?? number("IN_CHANNELS"),
      outputChannels: parameters["OUTPUT_CHANNELS"] ?? number("OUT_CHANNELS"), kernel: 3,
      inputPixels: width * width, outputPixels: output * output,
      processingElements: number("EC_SIZE"), encoderWidth: number("PENC_SIZE"),
      listCapacity: number("SPARSE_SIZE"))
  }

  /// The parameters of a spike writer.
  var writer: ConvolutionGeometry {
    ConvolutionGeometry(
      timeSteps: 3, inputChannels: 1, outputChannels: number("OC"), kernel: 3,
      inputPixels: number("W") * number("W"), outputPixels: number("W") * number("W"),
      processingElements: number("EC"), encoderWidth: 1, listCapacity: 1)
  }

  /// The parameters of a controller of a fully connected layer.
  var fullyConnected: FullyConnectedGeometry {
    let inputs = number("INPUT_CHANNELS") * number("INPUT_FRAME_SIZE")
    return FullyConnectedGeometry(
      timeSteps: number("TIME_STEPS"), inputChannels: number("INPUT_CHANNELS"),
      frameSize: number("INPUT_FRAME_SIZE"), neurons: number("LAYER_SIZE"),
      processingElements: number("EC_SIZE"), encoderWidth: number("PENC_SIZE"),
      listCapacity: inputs / 4, variant: .fc1)
  }
}
