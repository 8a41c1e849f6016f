import Accelerator

extension ReplayReport {
  /// Whether any layer has an encoder whose work takes time.
  private var hasEncoders: Bool { layers.contains { $0.encoderWidth != nil } }

  var useTable: TextTable {
    var columns: [TextTable.Column] = [
      .text("layer"), .number(hasEncoders ? "passes" : "neurons/PE"), .number("PEs busy"),
    ]
    if hasEncoders { columns += [.number("spikes/chunk"), .number("chunk filled")] }
    columns += [.number("fullest list"), .number("capacity")]
    var table = TextTable(
      title: "Use of the hardware",
      explanation: (hasEncoders
        ? "How often the layer reads its input" : "How many neurons share a PE")
        + "; how much of the time that it is active its PEs work; "
        + (hasEncoders ? "how well the encoder's chunks are filled; " : "")
        + "the most spikes that its list had to hold.",
      columns: columns)
    for layer in layers {
      let hasEncoder = layer.encoderWidth != nil
      var cells = [
        layer.name, NumberFormat.count(layer.passes),
        NumberFormat.percent(layer.processingElementUse.whileActive),
      ]
      if hasEncoders {
        cells += [
          hasEncoder ? NumberFormat.decimal(layer.encoderUse.spikesPerChunk, places: 2) : "none",
          hasEncoder ? NumberFormat.percent(layer.encoderUse.occupancy) : "none",
        ]
      }
      cells += [
        NumberFormat.count(layer.listUse.largestFrame),
        layer.listUse.capacity.map { NumberFormat.count($0) } ?? "none",
      ]
      table.append(cells)
    }
    return table
  }

  var memoryTable: TextTable {
    var table = TextTable(
      title: "Memory",
      explanation: """
        Reads and writes of the block RAMs a sample, over all processing elements; state is that of \
        the neurons, their membrane potentials.
        """,
      columns: [
        .text("layer"), .number("spike reads"), .number("spike writes"), .number("weight reads"),
        .number("state reads"), .number("state writes"),
      ])
    func append(_ name: String, _ counters: LayerCounters) {
      let counts = [
        counters.inputReads, counters.spikeWrites, counters.weightReads, counters.potentialReads,
        counters.potentialWrites,
      ]
      table.append([name] + counts.map(perSample))
    }
    for layer in layers { append(layer.name, layer.counters) }
    var total = LayerCounters()
    for layer in layers { total.add(layer.counters) }
    table.appendRule()
    append("total", total)
    return table
  }
}
