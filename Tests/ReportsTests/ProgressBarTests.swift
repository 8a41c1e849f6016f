import Foundation
import Reports
import Synchronization
import Testing

/// A device that keeps what is written to it, with a clock set by hand.
private final class Recorder: Sendable {
  private let text = Mutex("")
  private let time = Mutex(0.0)

  var written: String { text.withLock { $0 } }
  func sleep(_ seconds: Double) { time.withLock { $0 += seconds } }

  func output(isTerminal: Bool, width: Int = 60) -> ProgressBar.Output {
    ProgressBar.Output(
      style: TextStyle(width: width), isTerminal: isTerminal,
      write: { more in self.text.withLock { $0 += more } },
      now: { self.time.withLock { $0 } })
  }
}

@Suite struct ProgressBarTests {
  @Test func logsGetALineAQuarter() {
    let recorder = Recorder()
    let bar = ProgressBar(
      title: "replaying", total: 1000, unit: "samples", output: recorder.output(isTerminal: false))
    for _ in 0..<1000 { bar.advance() }
    bar.finish()
    #expect(
      recorder.written == """
        replaying: 250 of 1,000 samples (25 %)
        replaying: 500 of 1,000 samples (50 %)
        replaying: 750 of 1,000 samples (75 %)
        replaying: 1,000 of 1,000 samples (100 %)

        """)
  }

  @Test func terminalsGetOneLineRedrawnSeldom() {
    let recorder = Recorder()
    let bar = ProgressBar(
      title: "replaying", total: 100, unit: "samples", output: recorder.output(isTerminal: true))
    for _ in 0..<50 {
      recorder.sleep(0.04)
      bar.advance()
    }
    bar.finish()
    bar.advance()
    bar.finish()
    let drawings = recorder.written.components(separatedBy: "\r\u{1B}[K").dropFirst()
    #expect((15...20).contains(drawings.count), "2 s at most ten times a second")
    #expect(recorder.written.filter { $0 == "\n" }.count == 1)
    #expect(drawings.last?.contains(" 50 %  50/100 samples  in 2.0 s") == true)
    #expect(drawings.dropLast().last?.contains("left") == true)
    for drawing in drawings { #expect(drawing.count <= 60) }
  }

  @Test func whatIsSaidStaysAboveTheBar() {
    for isTerminal in [true, false] {
      let recorder = Recorder()
      let bar = ProgressBar(
        title: "sweep", total: 8, unit: "points", output: recorder.output(isTerminal: isTerminal))
      bar.advance()
      bar.say("note: a task was killed")
      bar.finish()
      bar.say("note: afterwards")
      let lines = recorder.written.components(separatedBy: "\n")
      #expect(lines[0].hasSuffix("note: a task was killed"))
      #expect(lines[lines.count - 2] == "note: afterwards")
      // The bar is drawn again below.
      #expect(lines.count == (isTerminal ? 4 : 3))
      #expect(!isTerminal || lines[1].contains("1/8 points"))
    }
  }

  @Test func narrowTerminalsDoNotWrap() {
    let recorder = Recorder()
    let bar = ProgressBar(
      title: "a long title of some work", total: 10, unit: "samples",
      output: recorder.output(isTerminal: true, width: 20))
    recorder.sleep(1)
    bar.advance(note: "loss 0.25")
    bar.finish()
    for drawing in recorder.written.components(separatedBy: "\r\u{1B}[K") {
      #expect(drawing.filter { $0 != "\n" }.count < 20)
    }
  }

  @Test func nothingToDoIsDone() {
    let recorder = Recorder()
    let bar = ProgressBar(
      title: "replaying", total: 0, unit: "samples", output: recorder.output(isTerminal: true))
    bar.finish()
    #expect(recorder.written.contains("100 %"))
    ProgressBar(title: "quiet", total: 5, unit: "samples", output: nil).advance()
  }

  @Test func manyThreadsMayAdvance() {
    let recorder = Recorder()
    let bar = ProgressBar(
      title: "replaying", total: 4000, unit: "samples", output: recorder.output(isTerminal: false))
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<1000 { bar.advance() }
    }
    #expect(recorder.written.hasSuffix("replaying: 4,000 of 4,000 samples (100 %)\n"))
  }
}
