import EventSimulation

extension PipelineController {
  /// One time step as it entered a layer, or as it left the last one.
  struct Passage: BitwiseCopyable {
    /// When the published simulator prints it.
    var cycle: Cycle = 0
    /// The time step that the controller takes it for.
    var step: UInt64 = 0
  }

  /// A time step on its way through the pipeline, as it fits into a signal.
  struct Step: BitwiseCopyable {
    /// The time step that it is.
    var number: UInt64 = 0
    /// Whether the controllers take it for the next one.
    var isMisnamed = false

    /// The time step that the controllers take it for.
    var name: UInt64 { isMisnamed ? number &+ 1 : number }

    var bits: UInt64 { number &<< 1 | (isMisnamed ? 1 : 0) }

    init() {}

    @inline(__always)
    init(bits: UInt64) { (number, isMisnamed) = (bits &>> 1, bits & 1 != 0) }
  }
}
