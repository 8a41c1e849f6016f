import Training

/// A line of the log: an epoch's results, and its cycles where platforms were given.
struct EpochRecord: Codable {
  var summary: EpochSummary
  var platforms: [PlatformCost]

  private enum CodingKeys: CodingKey { case platforms }

  init(summary: EpochSummary, platforms: [PlatformCost] = []) {
    self.summary = summary
    self.platforms = platforms
  }

  init(from decoder: any Decoder) throws {
    summary = try EpochSummary(from: decoder)
    platforms =
      try decoder.container(keyedBy: CodingKeys.self)
      .decodeIfPresent([PlatformCost].self, forKey: .platforms) ?? []
  }

  func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    guard !platforms.isEmpty else { return }
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(platforms, forKey: .platforms)
  }
}
