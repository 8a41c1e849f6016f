import Accelerator
import PowerEstimation

/// A replay's report with an estimate of power in it, as JSON: the report's own fields, and `power`.
struct PoweredReplay: Encodable {
  private enum CodingKeys: String, CodingKey {
    case power
  }

  let report: ReplayReport
  let power: PowerReport

  init(_ report: ReplayReport, _ power: PowerReport) {
    self.report = report
    self.power = power
  }

  func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(power, forKey: .power)
  }
}
