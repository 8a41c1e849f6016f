/// Untyped memory that grows as needed and is reused; its content does not survive growing.
package final class ScratchBuffer {
  package private(set) var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  package init() {}

  deinit { bytes.deallocate() }

  /// At least `count` bytes, of any content.
  package func reserve(_ count: Int) -> UnsafeMutableRawBufferPointer {
    if bytes.count < count {
      bytes.deallocate()
      bytes = .allocate(byteCount: max(count + count / 4, 4096), alignment: 64)
    }
    return bytes
  }

  /// At least `count` bytes, of which the first `kept` keep their content.
  package func grow(to count: Int, keeping kept: Int) -> UnsafeMutableRawBufferPointer {
    guard bytes.count < count else { return bytes }
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count + count / 4, 4096), alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<kept]))
    bytes.deallocate()
    bytes = larger
    return larger
  }
}
