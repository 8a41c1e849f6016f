import Foundation
import Synchronization

/// The progress of a long job, on one line of a terminal or as a few lines of a log.
///
///     let progress = ProgressBar(title: "replaying", total: samples, unit: "samples")
///     for sample in … { …; progress.advance() }
///     progress.finish()
///
/// On a terminal the line is redrawn at most ten times a second and shows how long the rest will
/// take; elsewhere a plain line appears at each quarter. It may be advanced from several threads.
public final class ProgressBar: Sendable {
  /// Where progress is shown.
  public struct Output: Sendable {
    /// What the device can do.
    public var style: TextStyle
    /// Whether the line can be redrawn in place.
    public var isTerminal: Bool
    /// Rows of the device, or `nil` if it does not tell.
    public var height: Int?
    /// Writes text to the device.
    public var write: @Sendable (String) -> Void
    /// Seconds on a clock that never runs backwards.
    public var now: @Sendable () -> Double

    /// Creates an output.
    public init(
      style: TextStyle, isTerminal: Bool, height: Int? = nil,
      write: @escaping @Sendable (String) -> Void, now: @escaping @Sendable () -> Double
    ) {
      self.style = style
      self.isTerminal = isTerminal
      self.height = height
      self.write = write
      self.now = now
    }

    /// The process's standard error, which keeps standard output free for results.
    public static var standardError: Output {
      let style = TextStyle.detected(descriptor: 2)
      let start = ContinuousClock.now
      return Output(
        style: style,
        isTerminal: Terminal.isTerminal(2) && ProcessInfo.processInfo.environment["TERM"] != "dumb",
        height: Terminal.height(2),
        write: { text in FileHandle.standardError.write(Data(text.utf8)) },
        now: { (ContinuousClock.now - start) / .seconds(1) })
    }
  }

  private struct State {
    var done = 0
    var note = ""
    var below: [String] = []
    var lastDrawn = -Double.infinity
    var quarters = 0
    var isFinished = false
  }

  private static let secondsBetweenDrawings = 0.1

  private let title: String
  private let total: Int
  private let unit: String
  private let output: Output?
  private let started: Double
  /// What was done before this process began.
  private let doneBefore: Int
  private let state = Mutex(State())

  /// Starts a progress bar.
  ///
  /// - Parameters:
  ///   - title: what is going on: `replaying`.
  ///   - total: how much there is to do.
  ///   - unit: what is counted, in the plural: `samples`.
  ///   - done: how much of it an earlier process has done.
  ///   - output: where to show it; `nil` shows nothing (`--quiet`).
  public init(
    title: String, total: Int, unit: String, done: Int = 0, output: Output? = .standardError
  ) {
    self.title = title
    self.total = max(total, 0)
    self.unit = unit
    self.output = output
    self.started = output?.now() ?? 0
    doneBefore = min(max(done, 0), self.total)
    state.withLock { state in
      state.done = doneBefore
      if self.total > 0 { state.quarters = doneBefore * 4 / self.total }
      draw(&state, isLast: false)
    }
  }

  /// Reports that more is done.
  ///
  /// - Parameters:
  ///   - amount: how much more.
  ///   - note: a few words shown behind the bar: `loss 0.21`; `nil` keeps the last ones.
  public func advance(by amount: Int = 1, note: String? = nil) {
    guard output != nil else { return }
    state.withLock { state in
      state.done = min(state.done + amount, total)
      if let note { state.note = note }
      draw(&state, isLast: false)
    }
  }

  /// Shows lines below the bar from now on, where the device is a terminal with room for them.
  ///
  /// - Parameter lines: as wide as the device at most.
  public func show(below lines: [String]) {
    guard let output, output.isTerminal, let height = output.height, lines.count < height - 1
    else { return }
    state.withLock { state in
      state.below = lines
      state.lastDrawn = -.infinity
      draw(&state, isLast: false)
    }
  }

  /// Writes a line that stays, above the bar.
  ///
  /// - Parameter line: without a line break.
  public func say(_ line: String) {
    guard let output else { return }
    state.withLock { state in
      guard output.isTerminal, !state.isFinished else {
        output.write(line + "\n")
        return
      }
      output.write("\r\u{1B}[J" + line + "\n")
      state.lastDrawn = -.infinity
      draw(&state, isLast: false)
    }
  }

  /// Shows the final state and leaves the line; later calls do nothing.
  public func finish() {
    state.withLock { state in
      draw(&state, isLast: true)
      state.isFinished = true
    }
  }

  private func draw(_ state: inout State, isLast: Bool) {
    guard let output, !state.isFinished else { return }
    if output.isTerminal {
      let now = output.now()
      guard isLast || now - state.lastDrawn >= Self.secondsBetweenDrawings else { return }
      state.lastDrawn = now
      let line = barLine(state, elapsed: now - started, output.style, isLast: isLast)
      output.write(Self.redrawn(output.style.adapted(line), below: state.below, isLast: isLast))
    } else {
      let quarters = total == 0 ? 4 : state.done * 4 / total
      guard quarters > state.quarters else { return }
      state.quarters = quarters
      output.write(output.style.adapted(logLine(state)))
    }
  }

  /// What replaces the lines that are there; the cursor stays in the first of them.
  private static func redrawn(_ line: String, below: [String], isLast: Bool) -> String {
    guard !below.isEmpty else { return "\r\u{1B}[K" + line + (isLast ? "\n" : "") }
    let lines = ([line] + below).joined(separator: "\n")
    return "\r\u{1B}[J" + lines + (isLast ? "\n" : "\r\u{1B}[\(below.count)A")
  }

  private func logLine(_ state: State) -> String {
    let percent = total == 0 ? 100 : state.done * 100 / total
    let amount = "\(NumberFormat.count(state.done)) of \(NumberFormat.count(total)) \(unit)"
    return "\(title): \(amount) (\(percent) %)" + (state.note.isEmpty ? "" : ", \(state.note)")
      + "\n"
  }

  private func barLine(
    _ state: State, elapsed: Double, _ style: TextStyle, isLast: Bool
  ) -> String {
    let share = total == 0 ? 1 : Double(state.done) / Double(total)
    let width = (style.width ?? 80) - 1
    let percent = String(Int(share * 100))
    let padding = String(repeating: " ", count: max(3 - percent.count, 0))
    let amount = "\(padding)\(percent) %  \(NumberFormat.count(state.done))"
    var tail = "\(amount)/\(NumberFormat.count(total)) \(unit)"
    if isLast {
      tail += "  in \(Self.clock(elapsed))"
    } else if state.done > doneBefore, elapsed > 0.5 {
      let pace = elapsed / Double(state.done - doneBefore)
      tail += "  \(Self.clock(pace * Double(total - state.done))) left"
    }
    if !state.note.isEmpty { tail += "  \(state.note)" }
    let room = width - title.count - tail.count - 4
    let line =
      room >= 4
      ? "\(title)  \(style.bar(share, width: min(room, 30)))  \(tail)" : "\(title)  \(tail)"
    // A line longer than the terminal would wrap, and could then not be redrawn.
    return line.count > width ? String(line.prefix(max(width, 0))) : line
  }

  /// Seconds as people read them on a clock: `8 s`, `3 min 05 s`, `2 h 04 min`.
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return NumberFormat.decimal(max(seconds, 0), places: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
  }
}
