import SpikeTraces

/// A picture of spikes in characters: time to the right, neurons downwards.
struct SpikeRaster {
  /// The picture, lines ended by line feeds.
  let text: String

  /// Draws planes on at most `rows` lines.
  ///
  /// Neighbouring neurons share a line if there are more of them; a cell is then the fuller, the
  /// more of its neurons spiked.
  init(_ planes: SpikePlanes, rows: Int) {
    let perRow = max(1, (planes.neurons + rows - 1) / rows)
    let groups = (planes.neurons + perRow - 1) / perRow
    let counts = planes.groupCounts(groupSize: perRow)
    let labels = (0..<groups).map { row in
      perRow == 1 ? "\(row)" : "\(row * perRow)-\(min((row + 1) * perRow, planes.neurons) - 1)"
    }
    let width = labels.map(\.count).max() ?? 0
    var text = ""
    for row in 0..<groups {
      text += "  " + String(repeating: " ", count: width - labels[row].count) + labels[row] + " "
      for timeStep in 0..<planes.timeSteps {
        text.append(Self.cell(Int(counts[timeStep * groups + row]), of: perRow))
      }
      text += "\n"
    }
    self.text = text
  }

  private static func cell(_ spikes: Int, of neurons: Int) -> Character {
    let levels: [Character] = ["\u{2581}", "\u{2583}", "\u{2585}", "\u{2587}", "\u{2588}"]
    guard spikes > 0 else { return "\u{B7}" }
    guard neurons > 1 else { return "\u{2588}" }
    return levels[min(levels.count - 1, spikes * levels.count / (neurons + 1))]
  }
}
