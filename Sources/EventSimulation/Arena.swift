/// Memory for structures of arrays, freed all at once.
///
/// Structures keep plain pointers into it, which cost nothing to read, beside a reference to the
/// arena, which keeps the memory alive.
package final class Arena {
  private var blocks: [UnsafeMutableRawPointer] = []

  /// An arena without memory.
  package init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// Allocates an array that lives as long as the arena.
  ///
  /// - Parameters:
  ///   - count: elements, 0 or more.
  ///   - value: what they hold at first; a type without references, for it is never destroyed.
  /// - Returns: the first element.
  package func allocate<Element: BitwiseCopyable>(
    _ count: Int, repeating value: Element
  ) -> UnsafeMutablePointer<Element> {
    allocateBytes(for: Element.self, count: count)
      .initializeMemory(as: Element.self, repeating: value, count: count)
  }

  /// Copies an array into memory that lives as long as the arena.
  ///
  /// - Parameter elements: values of a type without references, for they are never destroyed.
  /// - Returns: the first element.
  package func store<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafeMutablePointer<Element> {
    guard let first = elements.first else {
      return UnsafeMutablePointer(
        allocateBytes(for: Element.self, count: 1).assumingMemoryBound(to: Element.self))
    }
    let copy = allocate(elements.count, repeating: first)
    copy.update(from: elements, count: elements.count)
    return copy
  }

  private func allocateBytes<Element>(
    for _: Element.Type, count: Int
  ) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride,
      alignment: max(64, MemoryLayout<Element>.alignment))
    blocks.append(block)
    return block
  }
}
