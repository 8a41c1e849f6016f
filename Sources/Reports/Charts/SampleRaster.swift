/// The spikes of one sample, ready to be drawn: boundaries from the input to the output.
///
/// Neighbouring neurons are drawn together where there are more than a reader can tell apart.
public struct SampleRaster: Sendable {
  /// The spikes at one layer boundary.
  public struct Boundary: Sendable {
    /// The layer that emits them; `input` for the network's input.
    public var name: String
    /// Neurons.
    public var neurons: Int
    /// Neurons that are drawn as one.
    public var groupSize: Int
    /// Spikes of each group in each time step: `[time step][group]`.
    public var counts: [[Int]]

    /// Creates a boundary.
    public init(name: String, neurons: Int, groupSize: Int, counts: [[Int]]) {
      self.name = name
      self.neurons = neurons
      self.groupSize = groupSize
      self.counts = counts
    }
  }

  /// Groups of a boundary at most.
  public static let largestGroups = 128

  /// The sample's position in the trace.
  public var sample: Int
  /// The boundaries.
  public var boundaries: [Boundary]

  /// Creates a raster.
  public init(sample: Int, boundaries: [Boundary]) {
    self.sample = sample
    self.boundaries = boundaries
  }

  /// The charts, one a boundary: time to the right, neurons upwards; the wheel zooms.
  func charts(prefix: String) -> [Chart] {
    boundaries.enumerated().map { index, boundary in
      let spikes = boundary.counts.reduce(0) { $0 + $1.reduce(0, +) }
      var rows: [ChartJSON] = []
      for (step, groups) in boundary.counts.enumerated() {
        for (group, count) in groups.enumerated() where count > 0 {
          let first = group * boundary.groupSize
          let last = min(first + boundary.groupSize, boundary.neurons)
          rows.append([
            "step": .number(Double(step)), "next": .number(Double(step + 1)),
            "first": .number(Double(first)), "last": .number(Double(last)),
            "spikes": .number(Double(count)),
            "share": .number(Double(count) / Double(last - first)),
          ])
        }
      }
      let together =
        boundary.groupSize == 1 ? "" : ", \(boundary.groupSize) neurons drawn as one"
      return Chart(
        name: "\(prefix)raster-\(index)",
        description:
          "Spike raster of \(boundary.name): \(NumberFormat.amount(spikes, of: "spike")) of "
          + "\(NumberFormat.amount(boundary.neurons, of: "neuron"))\(together).",
        rows: rows,
        specification: [
          "height": 150, "title": .text(boundary.name + together),
          "params": [["name": "grid", "select": "interval", "bind": "scales"]],
          "mark": ["type": "rect", "clip": true],
          "encoding": [
            "x": [
              "field": "step", "type": "quantitative", "title": "time step",
              "scale": ["domain": [0, .number(Double(boundary.counts.count))], "nice": false],
              "axis": ["tickMinStep": 1, "grid": false],
            ],
            "x2": ["field": "next"],
            "y": [
              "field": "first", "type": "quantitative", "title": "neuron",
              "scale": ["domain": [0, .number(Double(boundary.neurons))], "nice": false],
              "axis": ["grid": false],
            ],
            "y2": ["field": "last"],
            "opacity": [
              "field": "share", "type": "quantitative", "legend": .null,
              "scale": ["domain": [0, 1], "range": [0.25, 1]],
            ],
            "tooltip": [
              ["field": "step", "title": "time step"], ["field": "first", "title": "from neuron"],
              ["field": "spikes"], ["field": "share", "format": ".0%"],
            ],
          ],
        ])
    }
  }
}
