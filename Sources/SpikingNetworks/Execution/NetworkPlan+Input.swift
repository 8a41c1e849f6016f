import Foundation
import SpikingKernels

extension NetworkPlan {
  /// Copies a channels-first input to the workspace after checking it.
  package func load(
    _ values: [Float], into workspace: NetworkWorkspace
  ) throws(NetworkError) {
    try check(values)
    copy(values, into: workspace)
  }

  /// Checks the extent and finiteness of an input.
  package func check(_ values: [Float]) throws(NetworkError) {
    guard values.count == timeSteps * input.count else {
      throw NetworkError(
        .invalidInput, "the input has \(values.count) values",
        remedy: "give \(timeSteps) time steps of \(input), \(timeSteps * input.count) values")
    }
    // Infinity and all that is no number are above every finite number's bits.
    let largest = values.reduce(UInt32(0)) { max($0, $1.bitPattern & 0x7FFF_FFFF) }
    if largest >= Float.infinity.bitPattern,
      let position = values.firstIndex(where: { !$0.isFinite })
    {
      throw NetworkError(
        .invalidInput, "the input's value \(position) is \(values[position])",
        remedy: "give finite numbers")
    }
  }

  /// Copies a channels-first input of the right extent to the workspace's first slot.
  package func copy(_ values: [Float], into workspace: NetworkWorkspace) {
    copy(values, into: WorkspaceSlot(workspace: workspace, index: 0))
  }

  /// Copies a channels-first input of the right extent to a slot.
  package func copy(_ values: [Float], into slot: WorkspaceSlot) {
    let target = slot.workspace.input(ofLayer: 0, slot: slot.index)
    values.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress, source.count == timeSteps * input.count else { return }
      slot.workspace.isInputRepeated[slot.index] =
        timeSteps > 1
        && (1..<timeSteps).allSatisfy { step in
          memcmp(start, start + step * input.count, input.count * 4) == 0
        }
      for step in 0..<timeSteps {
        FrameLayout.channelsLast(
          from: start + step * input.count, channels: input.channels, pixels: input.pixels,
          to: target + step * input.count)
      }
    }
  }
}
