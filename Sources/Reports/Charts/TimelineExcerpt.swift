/// What every engine did for a while, ready to be drawn.
public struct TimelineExcerpt: Sendable {
  /// A time in which an engine was in one state.
  public struct Slice: Sendable {
    /// Layer and engine.
    public var engine: String
    /// The state's name.
    public var state: String
    /// `busy`, `waiting` or `idle`.
    public var activity: String
    /// The first cycle.
    public var from: UInt64
    /// The first cycle after it.
    public var end: UInt64

    /// Creates a slice.
    public init(engine: String, state: String, activity: String, from: UInt64, end: UInt64) {
      self.engine = engine
      self.state = state
      self.activity = activity
      self.from = from
      self.end = end
    }
  }

  /// Slices of an excerpt at most: what a page draws without a pause.
  public static let largestCount = 2500

  /// The sample's position in the trace.
  public var sample: Int
  /// Cycles of the whole sample.
  public var cycles: UInt64
  /// The engines, from the input to the output.
  public var engines: [String]
  /// What they did; idle times are left out.
  public var slices: [Slice]

  /// Creates an excerpt.
  public init(sample: Int, cycles: UInt64, engines: [String], slices: [Slice]) {
    self.sample = sample
    self.cycles = cycles
    self.engines = engines
    self.slices = slices
  }

  /// The last cycle that is drawn.
  var end: UInt64 { slices.map(\.end).max() ?? 0 }

  func chart(prefix: String) -> Chart {
    Chart(
      name: "\(prefix)timeline",
      description: "Timeline of sample \(sample), cycles 0 to \(NumberFormat.count(end)) of "
        + "\(NumberFormat.count(cycles)): what each engine is doing when.",
      rows: slices.map { slice in
        [
          "engine": .text(slice.engine), "state": .text(slice.state),
          "activity": .text(slice.activity), "from": .number(Double(slice.from)),
          "end": .number(Double(slice.end)), "cycles": .number(Double(slice.end - slice.from)),
        ]
      },
      specification: [
        "height": Chart.height(bars: engines.count),
        "params": [
          ["name": "grid", "select": ["type": "interval", "encodings": ["x"]], "bind": "scales"]
        ],
        "mark": ["type": "bar", "clip": true],
        "encoding": [
          "y": [
            "field": "engine", "type": "nominal", "title": .null,
            "sort": .list(engines.map { .text($0) }),
          ],
          "x": ["field": "from", "type": "quantitative", "title": "clock cycle"],
          "x2": ["field": "end"],
          "color": [
            "field": "activity", "type": "nominal", "title": "engine is",
            "sort": ["busy", "waiting", "idle"],
          ],
          "tooltip": [
            ["field": "engine"], ["field": "state"], ["field": "from", "title": "from cycle"],
            ["field": "cycles"],
          ],
        ],
      ])
  }
}
