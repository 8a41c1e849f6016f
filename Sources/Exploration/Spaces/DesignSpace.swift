/// Many designs around hardware files: what may change, what must hold, and what is wanted.
///
/// The content of a space file; `docs/Exploration.md` explains every key.
public struct DesignSpace: Hashable, Sendable {
  /// What may change in a layer.
  public struct Layer: Hashable, Sendable {
    /// The name of the layer, as the hardware file has it.
    public var name: String
    /// The values of each whole number, by its key in the hardware file.
    public var values: [String: ParameterValues]
    /// The words of each choice, by its key in the hardware file.
    public var words: [String: [String]]
    /// The line of the layer.
    public var line: Int
    /// The lines of the parameters.
    public var keyLines: [String: Int]
  }

  /// Where the space was read from.
  public var path: String
  /// What reports call the space.
  public var name: String
  /// The hardware files that designs are made from.
  public var hardware: [String]
  /// The choices of quirks, each a list of words as in a hardware file; empty for what that says.
  public var quirks: [[String]]
  /// Traces of the networks to choose from; empty if the command line names them.
  public var traces: [String]
  /// The device to build on, instead of that of the hardware file.
  public var device: String?
  /// Clocks to choose from, Hz; empty for that of the hardware file.
  public var clocks: [Double]
  /// What may change, layer by layer; of other layers, the processing elements.
  public var layers: [Layer]
  /// What must hold.
  public var constraints: [DesignConstraint]
  /// Whether the design must fit the device, if there is one.
  public var fitsDevice: Bool
  /// What is wanted, the most important first.
  public var objectives: [DesignMeasure]
}
