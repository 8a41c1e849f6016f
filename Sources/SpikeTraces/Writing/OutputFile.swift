import Glibc

/// A file that is written under a temporary name and takes its own when it is whole.
///
/// Not for several threads at once: ``TraceWriter`` keeps it behind its lock, which the compiler
/// cannot see; hence the unchecked conformance.
package final class OutputFile: @unchecked Sendable {
  /// The name the file will have.
  package let path: String
  /// The name it has until then, in the same folder, so that renaming is atomic.
  package let temporaryPath: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferCapacity = 1 << 18

  /// Bytes written so far, those still in memory included.
  package private(set) var length: UInt64 = 0

  /// Creates the temporary file.
  ///
  /// - Throws: `alreadyExists` if either name is taken and `overwrite` is false, or another process
  ///   is writing this very file; `fileSystem` if the system refuses.
  package init(path: String, overwrite: Bool) throws(TraceError) {
    self.path = path
    temporaryPath = path + ".partial"
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw TraceError(.fileSystem, "is a folder; name a file in it", file: path)
    }
    if !overwrite {
      guard access(path, F_OK) != 0 else {
        throw TraceError(
          .alreadyExists, "exists already; choose another name, or have it replaced with --force",
          file: path)
      }
      guard access(temporaryPath, F_OK) != 0 else {
        throw TraceError(
          .alreadyExists,
          "an unfinished file of this name exists; recover it with `lockstep trace convert`, "
            + "delete it, or have it replaced with --force", file: temporaryPath)
      }
    }
    descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw TraceError(
        .fileSystem, "cannot create it: \(Self.reason(errno))", file: temporaryPath)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw TraceError(
        .alreadyExists, "is being written by another process; wait for it or choose another name",
        file: temporaryPath)
    }
    guard ftruncate(descriptor, 0) == 0 else {
      let reason = Self.reason(errno)
      close(descriptor)
      throw TraceError(.fileSystem, "cannot empty it: \(reason)", file: temporaryPath)
    }
    buffer.reserveCapacity(Self.bufferCapacity)
  }

  /// Writes to an open descriptor, for tests of devices that fail.
  package init(descriptor: Int32, named name: String) {
    self.descriptor = descriptor
    path = name
    temporaryPath = name
  }

  deinit {
    // Whoever forgot to finish keeps a readable part.
    if descriptor >= 0 {
      try? flush()
      close(descriptor)
    }
  }

  /// Appends bytes, through a buffer.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(TraceError) {
    if buffer.count + bytes.count > Self.bufferCapacity { try flush() }
    if bytes.count > Self.bufferCapacity {
      try writeThrough(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
    length += UInt64(bytes.count)
  }

  /// Appends bytes, through a buffer.
  package func write(_ bytes: [UInt8]) throws(TraceError) {
    try bytes.withRawBytes { bytes throws(TraceError) in try write(bytes) }
  }

  /// Makes the file durable and gives it its name.
  package func finish() throws(TraceError) {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure("cannot be made durable") }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw failure("cannot be closed") }
    guard rename(temporaryPath, path) == 0 else {
      throw failure("cannot be renamed to \(path)")
    }
    syncFolder()
  }

  /// Closes the unfinished file and deletes it or leaves it for recovery.
  package func abandon(deleting: Bool) {
    guard descriptor >= 0 else { return }
    if deleting {
      unlink(temporaryPath)
    } else {
      try? flush()
    }
    close(descriptor)
    descriptor = -1
  }

  private func flush() throws(TraceError) {
    guard !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withRawBytes { bytes throws(TraceError) in try writeThrough(bytes) }
  }

  private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(TraceError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let slice = UnsafeRawBufferPointer(rebasing: rest)
      let written = Glibc.write(descriptor, slice.baseAddress, slice.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw failure("cannot be written")
      }
      rest = rest.dropFirst(written)
    }
  }

  /// The new name survives a power failure only once the folder is written; some file systems
  /// cannot do that, which is no reason to fail.
  private func syncFolder() {
    let end = path.lastIndex(of: "/")
    let folder = end.map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func failure(_ what: String) -> TraceError {
    TraceError(.fileSystem, "\(what): \(Self.reason(errno))", file: temporaryPath)
  }

  /// The system's explanation, with a remedy where there is an obvious one.
  package static func reason(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT: return text + "; free some space or write elsewhere"
    case EFBIG: return text + "; raise the limit on file sizes (ulimit -f)"
    case EACCES, EPERM, EROFS: return text + "; check the permissions of the folder"
    case ENOENT: return text + "; create the folder or check the spelling"
    default: return text
    }
  }
}
