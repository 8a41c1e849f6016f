/// What the way back through neurons and a 2x2 pooling of their spikes needs to know: a window's gradient
/// goes through one spike.
///
/// A quarter of the membranes, which are much of what a training step would otherwise write and read.
/// Steps follow each other as the pooled frames do.
package struct WindowWinners {
  /// The membrane, before the next step's reset, of each window's first spike or, without any, of its
  /// first neuron: `[window][channel]`.
  let membranes: UnsafeMutablePointer<Float>
  /// Who fired: `[window][sixteen channels][neuron of the window]`, a bit a channel.
  let fired: UnsafeMutablePointer<UInt16>

  /// Uses memory of ``count(windows:)`` floats for so many windows times channels.
  package init(_ start: UnsafeMutablePointer<Float>, windows: Int) {
    membranes = start
    fired = UnsafeMutableRawPointer(start + windows).assumingMemoryBound(to: UInt16.self)
  }

  private init(
    membranes: UnsafeMutablePointer<Float>, fired: UnsafeMutablePointer<UInt16>
  ) {
    self.membranes = membranes
    self.fired = fired
  }

  /// The floats that so many windows times channels need.
  package static func count(windows: Int) -> Int { windows + windows / 8 }

  /// From a window and channel on.
  package func from(_ place: Int) -> WindowWinners {
    WindowWinners(membranes: membranes + place, fired: fired + place / 4)
  }
}
