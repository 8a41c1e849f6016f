import Foundation

/// A fixed block of floats on cache-line boundaries, zero at first, freed with its owner.
///
/// Memory that nobody touches costs none. A class because workers hold it over many batches; never
/// shared between two of them.
package final class FloatStorage {
  package let start: UnsafeMutablePointer<Float>
  package let count: Int
  private let block: UnsafeMutableRawPointer

  /// Allocates `count` zeros.
  package init(count: Int) throws(MemoryShortage) {
    guard count <= Self.largestCount else { throw MemoryShortage(bytes: nil) }
    self.count = count
    // Large blocks come from the system as untouched zeros.
    guard let block = calloc(max(1, count) + 16, 4) else {
      throw MemoryShortage(bytes: 4 * count)
    }
    self.block = block
    let line = UnsafeMutableRawPointer(bitPattern: (UInt(bitPattern: block) + 63) & ~63) ?? block
    Self.askForLargePages(line, bytes: 4 * max(1, count))
    start = line.bindMemory(to: Float.self, capacity: max(1, count))
  }

  deinit { free(block) }

  /// The product of extents, as a number of floats that some machine may have.
  ///
  /// Sums of some such products stay within `Int`.
  package static func product(_ factors: Int...) throws(MemoryShortage) -> Int {
    var product = 1
    for factor in factors {
      let (value, overflow) = product.multipliedReportingOverflow(by: factor)
      guard !overflow, value <= largestCount else { throw MemoryShortage(bytes: nil) }
      product = value
    }
    return product
  }

  /// More floats than 64-bit processors address: 2^50 bytes.
  private static let largestCount = 1 << 48

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
