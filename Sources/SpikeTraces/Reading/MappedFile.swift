import Glibc

/// A file's bytes, mapped into memory: only what is read is loaded.
///
/// A file that another process shortens while it is mapped cannot be read safely by anyone; traces
/// are written once and renamed into place, so this does not happen to them.
package final class MappedFile: @unchecked Sendable {
  // Unchecked: the bytes are constant, and nothing else is here.
  private let bytes: UnsafeRawBufferPointer

  /// The file's length.
  package var count: Int { bytes.count }

  /// Calls a closure with the bytes, which go when the object goes: the pointer must not leave it.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  /// Maps a file.
  ///
  /// - Throws: `fileSystem` if there is no such regular file or it may not be read.
  package init(path: String) throws(TraceError) {
    func refuse(_ message: String) -> TraceError {
      TraceError(.fileSystem, message, file: path)
    }
    // Not blocking, so that opening a named pipe does not wait for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw refuse("cannot open it: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw refuse("cannot ask for its size: \(String(cString: strerror(errno)))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw refuse("is a folder; name a file in it")
    default: throw refuse("is not a regular file; save what it gives to one first")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw refuse("cannot map it: \(String(cString: strerror(errno)))") }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    if let address = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: address), bytes.count)
    }
  }
}
