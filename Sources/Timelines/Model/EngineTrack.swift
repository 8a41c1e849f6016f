import Accelerator
import EventSimulation

/// What one engine did: a slice a visit of a state, in order and without gaps.
public struct EngineTrack: Sendable {
  /// A time in one state.
  public struct Slice: Hashable, Sendable {
    /// The state, as a position in ``EngineTrack/states``.
    public let state: Int
    /// The first cycle.
    public let from: Cycle
    /// How many cycles.
    public let length: Cycle

    /// The first cycle after it.
    public var end: Cycle { from + length }
  }

  /// The layer's position.
  public let layer: Int
  /// The engine's name.
  public let name: String
  /// The engine's states as reports name them, then the compound ones that had to be drawn in one
  /// piece: see ``CompoundStay``.
  public let states: [EngineDescription.State]
  /// What it did.
  public let slices: [Slice]
  /// The cycles of the states in each slice that is drawn in one piece, by the slice's position.
  public let compositions: [Int: [(state: String, cycles: Cycle)]]

  init(_ engine: SampleRecording.Engine, in recording: SampleRecording, chunks: ChunkCounts?) {
    layer = engine.layer
    name = engine.description.name
    var drawing = EngineDrawing(engine, in: recording, chunks: chunks)
    drawing.draw()
    states = drawing.states
    slices = drawing.slices
    compositions = drawing.compositions
  }

  /// The activity of a slice's state.
  public func activity(of slice: Slice) -> EngineDescription.State.Activity {
    states[slice.state].activity
  }

  /// The position of the slice that a cycle falls in, nil after the last one.
  ///
  /// - Complexity: O(log n).
  public func position(at cycle: Cycle) -> Int? {
    var (low, high) = (0, slices.count)
    while low < high {
      let middle = (low + high) / 2
      if slices[middle].end <= cycle { low = middle + 1 } else { high = middle }
    }
    return low < slices.count ? low : nil
  }

  /// The positions of the slices of which a part falls into some cycles.
  public func positions(in window: Range<Cycle>) -> Range<Int> {
    let first = position(at: window.lowerBound) ?? slices.count
    let last = position(at: window.upperBound - 1).map { $0 + 1 } ?? slices.count
    return first..<max(first, last)
  }
}
