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
    Self.askForLargePages(line, bytes: 4 * max(1, count))
    start = line.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { free(block) }

  /// Asks for pages of 2 MiB.
  ///
  /// Kernels step through large blocks frame by frame, which costs many look-ups of small pages. The
  /// system may refuse; nothing depends on it.
  private static func askForLargePages(_ start: UnsafeMutableRawPointer, bytes: Int) {
    #if os(Linux)
    let page = 1 << 21
    let first = (Int(bitPattern: start) + page - 1) / page * page
    let end = (Int(bitPattern: start) + bytes) / page * page
    guard end > first, let place = UnsafeMutableRawPointer(bitPattern: first) else { return }
    madvise(place, end - first, MADV_HUGEPAGE)
    #endif
  }
}
