import Accelerator
import EventSimulation

/// States that an engine passes through again and again, and that the simulation records as one stay
/// with the cycles of each state added up: see ``EventSimulation/KernelProbe``.
///
/// The true order follows from the documents of the hardware. Where it depends on more than the
/// cycles (on how many spikes each chunk of a frame has), and that is not known, the stay is drawn in
/// one piece under ``name``.
package struct CompoundStay {
  /// How the states take turns.
  package enum Pattern {
    /// All states in order, again and again, each time equally long: one cycle in the first state.
    case rounds
    /// The first and the second state cycle by cycle, ending in the first.
    case alternating
    /// Chunk by chunk: load, then encode and clear a spike, at the end encode once more.
    case chunks
  }

  /// One visit of a state.
  package struct Step: Hashable {
    /// The position in ``CompoundStay/states``.
    package let state: Int
    package let cycles: Cycle
  }

  /// What it is called when it is drawn in one piece.
  package let name: String
  /// One line about that.
  package let explanation: String
  /// The states in order of the first visit.
  package let states: [String]
  /// How they take turns.
  package let pattern: Pattern

  /// The compound stays of all platforms; those with more states come first.
  package static let all = [
    // docs/hardware/conv-2023.md, "Compression"; also in its fully connected layers.
    CompoundStay(
      name: "compress", explanation: "loads, encodes and clears, chunk by chunk",
      states: ["load", "encode", "clear"], pattern: .chunks),
    // docs/hardware/conv-2023.md, "Writer".
    CompoundStay(
      name: "store", explanation: "samples and writes, one processing element after another",
      states: ["sample", "write", "secondWrite"], pattern: .rounds),
    CompoundStay(
      name: "store", explanation: "samples and writes, one processing element after another",
      states: ["sample", "write"], pattern: .rounds),
    // docs/hardware/fc-2023.md, "One time step in one layer".
    CompoundStay(
      name: "serve", explanation: "addresses, accumulates and changes, spike after spike",
      states: ["address", "accumulate", "change"], pattern: .rounds),
    // docs/hardware/fc-2023.md, "Register-transfer design".
    CompoundStay(
      name: "add all", explanation: "addresses, reads and adds, one addition after another",
      states: ["address", "read", "add"], pattern: .rounds),
    CompoundStay(
      name: "activate all", explanation: "leaks and stores, one neuron after another",
      states: ["leak", "store"], pattern: .rounds),
    CompoundStay(
      name: "compress", explanation: "encodes and clears, spike after spike",
      states: ["encode", "clear"], pattern: .alternating),
  ]

  /// The visits of the states one by one.
  ///
  /// - Parameters:
  ///   - lengths: cycles of each state in all.
  ///   - chunks: spikes of each chunk, for the pattern that asks for them.
  /// - Returns: the visits, or nil if the cycles cannot be told apart.
  package func steps(_ lengths: [Cycle], chunks: ArraySlice<UInt32>?) -> [Step]? {
    switch pattern {
    case .rounds:
      let rounds = lengths[0]
      guard rounds > 0, lengths.allSatisfy({ $0.isMultiple(of: rounds) }) else { return nil }
      return (0..<rounds).flatMap { _ in
        lengths.indices.compactMap { state in
          lengths[state] == 0 ? nil : Step(state: state, cycles: lengths[state] / rounds)
        }
      }
    case .alternating:
      guard lengths[0] == lengths[1] + 1 else { return nil }
      return (0..<lengths[0] + lengths[1]).map { Step(state: Int($0 % 2), cycles: 1) }
    case .chunks:
      guard let chunks, Cycle(chunks.count) == lengths[0],
        chunks.reduce(0, { $0 + Cycle($1) }) == lengths[2],
        lengths[0] + lengths[2] == lengths[1]
      else { return nil }
      var steps: [Step] = []
      steps.reserveCapacity(Int(2 * lengths[1]))
      for spikes in chunks {
        steps.append(Step(state: 0, cycles: 1))
        for _ in 0..<spikes {
          steps.append(Step(state: 1, cycles: 1))
          steps.append(Step(state: 2, cycles: 1))
        }
        steps.append(Step(state: 1, cycles: 1))
      }
      return steps
    }
  }
}
