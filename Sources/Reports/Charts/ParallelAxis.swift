/// An axis of a chart of parallel coordinates: where each row crosses it, and what is written there.
struct ParallelAxis: Sendable {
  /// Numbers that are set at equal distances; of more, a few are written along a scale.
  static let mostSteps = 32
  /// What is written along an axis at most.
  static let mostTicks = 12

  /// What is drawn.
  let label: String
  /// Where each row crosses it, 0 at the bottom to 1 at the top; nil for a row without a value.
  let positions: [Double?]
  /// What is written, and where.
  let ticks: [(position: Double, text: String)]

  /// Whether all rows cross it at one place, so that it shows nothing.
  var isConstant: Bool { Set(positions.compactMap(\.self)).count < 2 }

  /// An axis of numbers.
  ///
  /// - Parameters:
  ///   - axis: how they are drawn.
  ///   - values: a number a row.
  ///   - label: a short name; that of the axis if nil.
  init(_ axis: QuantityAxis, _ values: [Double?], label: String? = nil) {
    self.init(
      axis.title(label), positions: values.map { $0.map(axis.position) },
      ticks: [0, 0.25, 0.5, 0.75, 1].map { ($0, axis.text(at: $0)) })
  }

  /// An axis of choices, at equal distances if they are not too many.
  ///
  /// - Parameters:
  ///   - label: what is chosen.
  ///   - values: a word or a number a row; numbers are set in their order, words in that of the alphabet.
  init(_ label: String, choices values: [String?]) {
    let words = Set(values.compactMap(\.self))
    let isNumber = words.allSatisfy { Double($0) != nil }
    if isNumber, words.count > Self.mostSteps {
      let numbers = values.map { $0.flatMap(Double.init) }
      self.init(QuantityAxis("", label, values: numbers.compactMap(\.self)), numbers)
      return
    }
    let order = words.sorted {
      isNumber ? (Double($0) ?? 0) < (Double($1) ?? 0) : $0 < $1
    }
    let step = 1 / Double(max(order.count - 1, 1))
    let places = Dictionary(
      uniqueKeysWithValues: order.enumerated().map { ($1, Double($0) * step) })
    let stride = (order.count + Self.mostTicks - 1) / Self.mostTicks
    let ticks = order.enumerated().filter { $0.offset.isMultiple(of: max(stride, 1)) }
      .map { (Double($0.offset) * step, $0.element) }
    self.init(label, positions: values.map { $0.flatMap { places[$0] } }, ticks: ticks)
  }

  private init(
    _ label: String, positions: [Double?], ticks: [(position: Double, text: String)]
  ) {
    self.label = label
    self.positions = positions
    self.ticks = ticks
  }
}
