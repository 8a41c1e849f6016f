import EventSimulation

/// The writer that moves the spike registers of the processing elements into the spike RAM of the
/// next layer, one element after another.
///
/// A frame that becomes ready while it is busy is never written. Follows docs/hardware/conv-2023.md,
/// "Writer".
struct SpikeWriter: BitwiseCopyable {
  /// `secondWrite` exists in published convolution layers only: there every row is written twice.
  enum State: UInt8, ProcessState {
    case idle, sample, write, secondWrite
  }

  // Parameters.
  let elements: Cycle
  let writesPerElement: Cycle

  // Ports.
  let ready: PortSet
  /// High while the writer is busy, if anybody asks.
  let writing: SignalIdentifier?

  init(
    elements: Int, writesPerElement: Int, ready: PortSet, writing: SignalIdentifier? = nil
  ) {
    self.elements = Cycle(elements)
    self.writesPerElement = Cycle(writesPerElement)
    self.ready = ready
    self.writing = writing
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if let writing {
      kernel.write(writing, 1)
      kernel.write(writing, 0, after: 1 &+ elements &* (1 &+ writesPerElement))
    }
    kernel.stay(in: State.sample, for: elements)
    kernel.stay(in: State.write, for: elements)
    if writesPerElement == 2 { kernel.stay(in: State.secondWrite, for: elements) }
    return .waiting(for: ready, in: State.idle)
  }
}
