/// A formula for a resource of a component, fitted to our own syntheses, with how well it fits.
///
/// All syntheses are by Yosys 0.70 (`synth_xilinx -family xcup -flatten`) of the published
/// register-transfer code; `Tests/PowerEstimationTests/Fixtures` has every run. Coefficients stand
/// beside the code that uses them; what is here is what a reader must know to trust them.
public struct ComponentFormula: Hashable, Codable, Sendable {
  /// How far a formula is off, over some runs.
  public struct Errors: Hashable, Codable, Sendable {
    /// How many runs.
    public var runs: Int
    /// The median of |formula / synthesis - 1|.
    public var median: Double
    /// The largest of them.
    public var worst: Double

    /// Creates errors.
    public init(runs: Int, median: Double, worst: Double) {
      self.runs = runs
      self.median = median
      self.worst = worst
    }
  }

  /// What is described.
  public var component: String
  /// Which of its resources.
  public var resource: Resource
  /// The formula, in the letters of `docs/Resources.md`.
  public var expression: String
  /// On the runs that the coefficients were fitted to.
  public var fit: Errors
  /// On runs that the coefficients never saw; nil if there are none.
  public var heldOut: Errors?

  /// The formula's row of the table in the documentation.
  public var markdownRow: String {
    func cells(_ errors: Errors) -> String {
      "\(errors.runs) | \(Self.percent(errors.median)) | \(Self.percent(errors.worst))"
    }
    let held = heldOut.map(cells) ?? "none | |"
    return "| \(component) | \(resource.label) | \(expression) | \(cells(fit)) | \(held) |"
  }

  private static func percent(_ share: Double) -> String {
    let permille = Int((share * 1000).rounded())
    return "\(permille / 10).\(permille % 10) %"
  }

  /// The typical error that a result is given: the larger of the medians.
  public var typicalError: Double { max(fit.median, heldOut?.median ?? 0) }
}

extension ComponentFormula {
  package static let encoder = ComponentFormula(
    component: "priority encoder", resource: .logicTables, expression: "1.16 P",
    fit: Errors(runs: 13, median: 0.028, worst: 0.088),
    heldOut: Errors(runs: 3, median: 0.047, worst: 0.052))

  package static let convolutionControllerTables = ComponentFormula(
    component: "convolution event controller", resource: .logicTables,
    expression: "0.492 S w + 1.43 S + 0.546 F + 3.34 P + 3.57 P log2(odd(P)) + 47",
    fit: Errors(runs: 28, median: 0.008, worst: 0.047),
    heldOut: Errors(runs: 12, median: 0.027, worst: 0.104))

  package static let convolutionControllerFlipFlops = ComponentFormula(
    component: "convolution event controller", resource: .flipFlops,
    expression: "lists x S w + P + counters + 26",
    fit: Errors(runs: 28, median: 0, worst: 0.014),
    heldOut: Errors(runs: 12, median: 0, worst: 0.011))

  package static let convolutionElementTables = ComponentFormula(
    component: "convolution PE, few-bit weights", resource: .logicTables,
    expression: "1.37 O + 390 (alone: + 290)",
    fit: Errors(runs: 7, median: 0.077, worst: 0.095),
    heldOut: Errors(runs: 4, median: 0.073, worst: 0.147))

  package static let convolutionElementTables2023 = ComponentFormula(
    component: "convolution PE, 32-bit weights", resource: .logicTables,
    expression: "1.36 O + 451 (alone: + 351)",
    fit: Errors(runs: 6, median: 0.070, worst: 0.111),
    heldOut: Errors(runs: 1, median: 0.033, worst: 0.033))

  package static let convolutionElementFlipFlops = ComponentFormula(
    component: "convolution PE", resource: .flipFlops, expression: "O + 44, and 32 + 2 a latches",
    fit: Errors(runs: 24, median: 0.005, worst: 0.009),
    heldOut: Errors(runs: 5, median: 0.007, worst: 0.011))

  package static let weightTable = ComponentFormula(
    component: "weights in look-up tables", resource: .logicTables,
    expression: "0.0274 a bit", fit: Errors(runs: 7, median: 0.069, worst: 0.107),
    heldOut: Errors(runs: 2, median: 0.086, worst: 0.121))

  package static let writerTables = ComponentFormula(
    component: "spike writer, not pooling", resource: .logicTables,
    expression: "O m(E) + 1.75 E + 8",
    fit: Errors(runs: 13, median: 0.008, worst: 0.219),
    heldOut: Errors(runs: 2, median: 0.019, worst: 0.029))

  package static let poolingWriterTables = ComponentFormula(
    component: "spike writer, pooling", resource: .logicTables,
    expression: "1.06 O/p2 (E + ceil((E - 1) / 3)) + 4 E",
    fit: Errors(runs: 5, median: 0.056, worst: 0.065),
    heldOut: Errors(runs: 1, median: 0.015, worst: 0.015))

  package static let writerFlipFlops = ComponentFormula(
    component: "spike writer", resource: .flipFlops, expression: "bits of a row + E + 13",
    fit: Errors(runs: 18, median: 0, worst: 0), heldOut: Errors(runs: 3, median: 0, worst: 0.012))

  package static let fullyConnectedControllerTables = ComponentFormula(
    component: "fully connected event controller", resource: .logicTables,
    expression: "0.329 T S v + 2.25 T S + 0.992 N + 0.248 P + 2.15 P log2(odd(P)) + 50",
    fit: Errors(runs: 6, median: 0.012, worst: 0.026),
    heldOut: Errors(runs: 3, median: 0.017, worst: 0.065))

  package static let fullyConnectedControllerFlipFlops = ComponentFormula(
    component: "fully connected event controller", resource: .flipFlops,
    expression: "T S v + N + P + 85", fit: Errors(runs: 6, median: 0.012, worst: 0.018),
    heldOut: Errors(runs: 3, median: 0.005, worst: 0.078))

  package static let fullyConnectedElementTables = ComponentFormula(
    component: "fully connected PE", resource: .logicTables,
    expression: "145 (conv-2023: 116)", fit: Errors(runs: 9, median: 0.015, worst: 0.039),
    heldOut: Errors(runs: 2, median: 0.011, worst: 0.014))

  package static let thresholdUnitTables = ComponentFormula(
    component: "threshold unit of the dense core", resource: .logicTables,
    expression: "37 a pixel", fit: Errors(runs: 3, median: 0.046, worst: 0.111), heldOut: nil)

  /// Every fitted formula.
  public static let all = [
    encoder, convolutionControllerTables, convolutionControllerFlipFlops,
    convolutionElementTables, convolutionElementTables2023, convolutionElementFlipFlops,
    weightTable, writerTables, poolingWriterTables, writerFlipFlops,
    fullyConnectedControllerTables, fullyConnectedControllerFlipFlops,
    fullyConnectedElementTables, thresholdUnitTables,
  ]
}
