/// The behaviour of all processes of a simulation.
///
/// A design holds the registers of its processes and has one entry, ``resume(_:in:)``, which
/// switches over the process. It is generic over the kernel's probe, so that a simulation without
/// one contains no trace of it.
public protocol SimulatedDesign: ~Copyable {
  /// Does the work of one process in one cycle.
  ///
  /// Reads signals as they are in cycle `kernel.now`, writes what is seen from the next cycle on,
  /// and begins the process's next stay with ``EventKernel/stay(in:for:)``. Within a cycle,
  /// processes are resumed in any order: nothing but signals may pass between them.
  ///
  /// - Parameters:
  ///   - process: the process.
  ///   - kernel: the simulation's clock, signals and accounts.
  /// - Returns: when to resume the process.
  mutating func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake
}
