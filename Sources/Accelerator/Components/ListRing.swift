import EventSimulation

/// The address lists that one event controller has filled and not yet walked, in order.
///
/// A ring of buffers, as in hardware: the engine that fills them writes one while none may read it.
/// A view of memory that the owner of the layer keeps alive.
struct ListRing: BitwiseCopyable {
  /// A finished list.
  struct List: BitwiseCopyable {
    var spikes: UInt32
    /// The time step it belongs to, counted over all phases.
    var step: UInt64
  }

  private let lists: UnsafeMutablePointer<List>
  /// Buffers of the ring.
  let count: UInt64

  init(_ count: Int, in arena: borrowing Arena) {
    lists = arena.allocate(count, repeating: List(spikes: 0, step: 0))
    self.count = UInt64(count)
  }

  /// The list with a number, counted from 0, while it is in the ring.
  subscript(number: UInt64) -> List {
    @inline(__always) get { lists[Int(number % count)] }
    @inline(__always) nonmutating set { lists[Int(number % count)] = newValue }
  }
}
