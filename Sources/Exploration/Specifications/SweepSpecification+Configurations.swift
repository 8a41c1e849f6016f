import SeededRandom

extension SweepSpecification {
  /// All trainings: a seed for all combinations before the next seed, the last axis fastest; or in the
  /// order in which they are drawn.
  ///
  /// - Throws: ``ExplorationError`` if an axis has endlessly many values and nothing is drawn, or there
  ///   are fewer points than are to be drawn.
  public var configurations: [Configuration] {
    get throws(ExplorationError) {
      let combinations = if let random { try drawn(random) } else { try allCombinations() }
      return seeds.flatMap { seed in
        combinations.map { Configuration(fixed: training, choices: $0, seed: seed) }
      }
    }
  }

  /// The training with the first value of every axis, whether or not it is one of the sweep's.
  public var firstConfiguration: Configuration {
    Configuration(
      fixed: training, choices: grid.map { Option($0.option, $0.firstValue) },
      seed: seeds.first ?? 1)
  }

  private func allCombinations() throws(ExplorationError) -> [[Option]] {
    var combinations: [[Option]] = [[]]
    for axis in grid {
      guard let values = axis.steps else {
        throw ExplorationError(
          message:
            "'\(axis.option)' of grid is a range without steps, which has endlessly many values; "
            + "give it a step, add 'random: 40' to draw points, or let an optimiser choose them "
            + "(docs/AskTell.md)")
      }
      combinations = combinations.flatMap { chosen in
        values.map { chosen + [Option(axis.option, $0)] }
      }
    }
    return combinations
  }

  /// Different points, drawn one after the other; what was drawn before is drawn again.
  private func drawn(_ draws: Draws) throws(ExplorationError) -> [[Option]] {
    // A value depends on its axis' name and the draw: other axes leave it as it is.
    let purposes = grid.map { Self.digest($0.option) }
    var known: Set<[Option]> = []
    var points: [[Option]] = []
    var draw: UInt64 = 0
    let mostDraws = UInt64(draws.points) * 1000
    while points.count < draws.points {
      guard draw < mostDraws else {
        throw ExplorationError(
          message:
            "there are fewer than \(draws.points) different points to draw (\(points.count) were "
            + "found); ask for fewer with 'random', or leave it out to have all of the grid")
      }
      let point = zip(grid, purposes).map { axis, purpose in
        var stream = RandomStream(
          seed: draws.seed, path: RandomPurpose.sweepPoint.rawValue, purpose, draw)
        return Option(axis.option, axis.value(using: &stream))
      }
      draw += 1
      if known.insert(point).inserted { points.append(point) }
    }
    return points
  }

  /// A number for a name (FNV-1a, 64 bits).
  private static func digest(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension SweepSpecification.Axis {
  fileprivate var firstValue: String {
    switch values {
    case .list(let values): values.first ?? ""
    case .range(let range): range.value(at: 0)
    }
  }

  /// A value at random.
  fileprivate func value(using stream: inout RandomStream) -> String {
    switch values {
    case .list(let values):
      values[Int(stream.next().multipliedFullWidth(by: UInt64(values.count)).high)]
    case .range(let range): range.value(at: Double(stream.nextUnit()))
    }
  }
}
