/// A fixed block of floats on cache-line boundaries, zero at first, freed with its owner.
///
/// A class because workers hold it over many batches; never shared between two of them.
package final class FloatStorage {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int

  package init(count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 4, alignment: 64)
    start = bytes.bindMemory(to: Float.self, capacity: max(1, count))
    start.initialize(repeating: 0, count: max(1, count))
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
