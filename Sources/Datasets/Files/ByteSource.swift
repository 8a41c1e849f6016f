import CZlib
import Foundation

/// The bytes of a file, inflated on the way if it is gzip-compressed.
///
/// Reads in small blocks, so that a file never costs more memory than what is asked of it.
final class ByteSource {
  private static let blockSize = 1 << 16

  let path: String
  private let handle: FileHandle?
  /// On the heap, because zlib remembers the address that it was started with.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let isCompressed: Bool
  private var finished = false
  private var block: [UInt8] = []
  private var consumed = 0

  init(path: String) throws(DatasetError) {
    self.path = path
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    handle = exists && !isFolder.boolValue ? FileHandle(forReadingAtPath: path) : nil
    stream.initialize(to: z_stream())
    block = [UInt8]((try? handle?.read(upToCount: Self.blockSize)) ?? Data())
    // RFC 1952: a gzip member begins with 1f 8b.
    isCompressed = block.starts(with: [0x1F, 0x8B])
    guard handle != nil else {
      throw DatasetError(
        .unreadable, "the file cannot be opened", remedy: "check the path", location: path)
    }
    // 16 + 15: a gzip wrapper around the largest window.
    if isCompressed {
      let status = inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else {
        throw DatasetError(
          .unreadable, "zlib cannot be started (status \(status))", remedy: "free some memory",
          location: path)
      }
    }
  }

  deinit {
    // Harmless if zlib was never started: the state is nil.
    inflateEnd(stream)
    stream.deallocate()
    try? handle?.close()
  }

  /// Up to `count` bytes; fewer only at the end of the file.
  func read(_ count: Int) throws(DatasetError) -> [UInt8] {
    var result: [UInt8] = []
    while result.count < count {
      let piece = try readSome(min(count - result.count, Self.blockSize))
      if piece.isEmpty { break }
      result.append(contentsOf: piece)
    }
    return result
  }

  private func readSome(_ count: Int) throws(DatasetError) -> [UInt8] {
    guard isCompressed else {
      if consumed == block.count, !refill() { return [] }
      let end = min(block.count, consumed + count)
      defer { consumed = end }
      return Array(block[consumed..<end])
    }
    while !finished {
      if consumed == block.count, !refill() {
        throw damaged("the compressed file ends too early")
      }
      let inflated = try inflateSome(count)
      if !inflated.isEmpty { return inflated }
    }
    return []
  }

  private func inflateSome(_ count: Int) throws(DatasetError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    var status = Z_OK
    var available = 0
    var left = 0
    output.withUnsafeMutableBufferPointer { target in
      block.withUnsafeMutableBufferPointer { source in
        stream.pointee.next_in = source.baseAddress.map { $0 + consumed }
        stream.pointee.avail_in = UInt32(source.count - consumed)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = UInt32(count)
        status = inflate(stream, Z_NO_FLUSH)
        available = Int(stream.pointee.avail_in)
        left = Int(stream.pointee.avail_out)
        // zlib must not keep addresses beyond their life.
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
      }
    }
    consumed = block.count - available
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      throw damaged("the compressed data are damaged (zlib status \(status))")
    }
    finished = status == Z_STREAM_END
    output.removeLast(left)
    return output
  }

  private func refill() -> Bool {
    block = [UInt8]((try? handle?.read(upToCount: Self.blockSize)) ?? Data())
    consumed = 0
    return !block.isEmpty
  }

  private func damaged(_ message: String) -> DatasetError { .corrupt(path, message) }
}
