import EventSimulation

/// The writer that moves the spike registers of the processing elements into the spike RAM of the
/// next layer, one element after another.
///
/// A frame that becomes ready while it is busy is never written, unless there is a queue. Follows
/// docs/hardware/conv-2023.md, "Writer".
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
  /// High while the writer is busy, if anybody asks; with a queue, the number of written frames.
  let writing: SignalIdentifier?
  /// The number of finished frames, if there is a queue for them.
  let finished: SignalIdentifier?

  init(
    elements: Int, writesPerElement: Int, ready: PortSet, writing: SignalIdentifier? = nil,
    finished: SignalIdentifier? = nil
  ) {
    self.elements = Cycle(elements)
    self.writesPerElement = Cycle(writesPerElement)
    self.ready = ready
    self.writing = writing
    self.finished = finished
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if let finished { return takeFromQueue(finished, &kernel) }
    if let writing {
      kernel.write(writing, 1)
      kernel.write(writing, 0, after: 1 &+ elements &* (1 &+ writesPerElement))
    }
    store(&kernel)
    return .waiting(for: ready, in: State.idle)
  }

  @inline(__always)
  private func store<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    kernel.stay(in: State.sample, for: elements)
    kernel.stay(in: State.write, for: elements)
    if writesPerElement == 2 { kernel.stay(in: State.secondWrite, for: elements) }
  }

  /// Writes the next frame of the queue: docs/hardware/BeyondPublished.md, "Writer queue".
  private func takeFromQueue<Probe: KernelProbe>(
    _ finished: SignalIdentifier, _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    guard let writing else { return .waiting(for: ready, in: State.idle) }
    let written = kernel.value(of: writing)
    let left = kernel.value(of: finished) &- written
    guard left > 0 else { return .waiting(for: ready, in: State.idle) }
    kernel.write(writing, written &+ 1, after: 1 &+ elements &* (1 &+ writesPerElement))
    store(&kernel)
    guard left > 1 else { return .waiting(for: ready, in: State.idle) }
    kernel.stay(in: State.idle, for: 1)
    return .afterStay
  }
}
