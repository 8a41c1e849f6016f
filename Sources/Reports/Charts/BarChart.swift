extension Chart {
  /// Intervals that are drawn over bars: rows with the bar's name, `low` and `high`.
  struct Bounds {
    /// The rows; nil: those of the bars.
    var rows: [ChartJSON]?
    /// What a reader sees who points at one.
    var tooltip: [ChartJSON]
  }

  /// Bars to the right, a row each or several stacked ones: the form of most charts here.
  ///
  /// - Parameters:
  ///   - name: the chart's name in the page.
  ///   - description: what is seen.
  ///   - rows: what is drawn.
  ///   - names: the key of the bars' names.
  ///   - order: the bars' names, top down.
  ///   - length: what their length is.
  ///   - colour: what their colour is; nil for one colour.
  ///   - tooltip: what a reader sees who points at one.
  ///   - bounds: a line over each bar, if there is an interval to draw.
  ///   - marks: further layers.
  /// - Returns: the chart.
  static func bars(
    _ name: String, description: String, rows: [ChartJSON], names: String, order: [String],
    length: ChartJSON, colour: ChartJSON? = nil, tooltip: [ChartJSON],
    bounds: Bounds? = nil, marks: [ChartJSON] = []
  ) -> Chart {
    var encoding: [String: ChartJSON] = [
      "y": .names(names, order), "x": length, "tooltip": .list(tooltip),
    ]
    if let colour {
      encoding["color"] = colour
      // Stacked in the order of the rows, not of the alphabet.
      encoding["order"] = ["field": "rank", "type": "quantitative"]
    }
    let bar: ChartJSON = [
      "mark": ["type": "bar", "cornerRadiusEnd": colour == nil ? 2 : 0],
      "encoding": .object(encoding),
    ]
    var layers = [bar]
    if let bounds {
      func layer(_ mark: ChartJSON, _ ends: [String: ChartJSON]) -> ChartJSON {
        var encoding = ends
        encoding["y"] = .names(names, order)
        encoding["tooltip"] = .list(bounds.tooltip)
        var layer: [String: ChartJSON] = ["mark": mark, "encoding": .object(encoding)]
        layer["data"] = bounds.rows.map { ["values": .list($0)] }
        return .object(layer)
      }
      let low: ChartJSON = ["field": "low", "type": "quantitative"]
      let high: ChartJSON = ["field": "high", "type": "quantitative"]
      layers.append(
        layer(["type": "rule", "strokeWidth": 1.5], ["x": low, "x2": ["field": "high"]]))
      for end in [low, high] {
        layers.append(
          layer(
            ["type": "tick", "thickness": 1.5, "size": 9, "color": .text(Self.quiet)], ["x": end]))
      }
    }
    return Chart(
      name: name, description: description, rows: rows,
      specification: [
        "height": height(bars: order.count), "layer": .list(layers + marks),
      ])
  }

  /// A quiet colour that can be seen on light and dark pages: for bounds and means.
  static let quiet = "#8a94a6"
}
