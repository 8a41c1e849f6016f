import Foundation

/// A fixed block of floats on cache-line boundaries, zero at first, freed with its owner.
///
/// Memory that nobody touches costs none. A class because workers hold it over many batches; never
/// shared between two of them.
package final class FloatStorage {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int
  private let block: UnsafeMutableRawPointer

  package init(count: Int) {
    self.count = count
    // Large blocks come from the system as untouched zeros; without them there is no way on.
    guard let block = calloc(max(1, count) + 16, 4) else {
      fatalError("there is no memory for \(count) numbers; use fewer time steps or threads")
    }
    self.block = block
    let line = UnsafeMutableRawPointer(bitPattern: (UInt(bitPattern: block) + 63) & ~63) ?? block
    start = line.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { free(block) }
}
