/// The parts that chart specifications are put together from: what is drawn along an axis, in a colour
/// or in a tooltip.
extension ChartJSON {
  /// Numbers along an axis, or a size.
  ///
  /// - Parameters:
  ///   - field: the key of the rows.
  ///   - title: the axis' title, with its unit in brackets.
  ///   - format: how ticks are written, a d3 format: `.0%`.
  ///   - scale: anything else about the scale: `["type": "log"]`.
  /// - Returns: the channel.
  static func quantity(
    _ field: String, _ title: String, format: String? = nil, scale: ChartJSON? = nil
  ) -> ChartJSON {
    var channel: [String: ChartJSON] = [
      "field": .text(field), "type": "quantitative", "title": .text(title),
    ]
    if let format { channel["axis"] = ["format": .text(format)] }
    if let scale { channel["scale"] = scale }
    return .object(channel)
  }

  /// Names along an axis, in the order given.
  static func names(_ field: String, _ order: [String]) -> ChartJSON {
    [
      "field": .text(field), "type": "nominal", "title": .null,
      "sort": .list(order.map { .text($0) }),
    ]
  }

  /// Names as colours.
  ///
  /// - Parameters:
  ///   - field: the key of the rows.
  ///   - title: the legend's title.
  ///   - order: the names in the order of the legend.
  ///   - grey: the one of them that is drawn in grey, because it is not what the chart is about.
  /// - Returns: the channel.
  static func colours(
    _ field: String, _ title: String, _ order: [String], grey: String? = nil
  ) -> ChartJSON {
    var domain = order
    // The third colour of the page's palette is grey; a name that is drawn must stand there.
    if let grey, let place = domain.firstIndex(of: grey) {
      domain.remove(at: place)
      while domain.count < 2 { domain.append(" ") }
      domain.insert(grey, at: 2)
    } else if domain.count > 2 {
      domain.insert(" ", at: 2)
    }
    return [
      "field": .text(field), "type": "nominal", "title": .text(title),
      "scale": ["domain": .list(domain.map { .text($0) })],
      "legend": ["values": .list(order.map { .text($0) })],
    ]
  }

  /// A line of a tooltip.
  static func tip(_ field: String, _ title: String? = nil, _ format: String? = nil) -> ChartJSON {
    var line: [String: ChartJSON] = ["field": .text(field)]
    if let title { line["title"] = .text(title) }
    if let format { line["format"] = .text(format) }
    return .object(line)
  }
}
