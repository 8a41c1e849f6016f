import Accelerator

extension ReplayReport {
  /// Where trace, hardware and software came from.
  var provenanceTable: TextTable {
    var table = TextTable(columns: [.text("what"), .text("value")])
    table.append(["trace", trace.path])
    table.append(["network", trace.network])
    table.append([
      "data set",
      "\(trace.dataSet), \(trace.split), samples \(trace.firstSample) to "
        + "\(trace.firstSample + trace.samples - 1) of \(NumberFormat.count(trace.samplesInTrace))",
    ])
    table.append(["coding", "\(trace.coding), \(trace.timeSteps) time steps, seed \(trace.seed)"])
    table.append(["recorded by", "lockstep \(trace.softwareVersion)"])
    table.append(["hardware file", hardware.path])
    table.append([
      "platform",
      "\(hardware.platform.rawValue), quirks: \(hardware.quirks.joined(separator: ", "))",
    ])
    table.append(["clock", NumberFormat.frequency(hardware.clockHertz)])
    if let device = hardware.device { table.append(["device", device]) }
    if let source = hardware.source { table.append(["source of its numbers", source]) }
    table.append(["engine", "\(engine.rawValue) (docs/Validation.md)"])
    table.append(["replayed by", "lockstep \(softwareVersion)"])
    return table
  }
}
