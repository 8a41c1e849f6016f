import Foundation

/// The bytes of a whole file, mapped into memory: only what is read is loaded.
struct FileBytes: Sendable {
  let path: String
  private let data: Data

  /// - Throws: ``DatasetError`` (`unreadable`) if there is no such regular file.
  init(path: String) throws(DatasetError) {
    self.path = path
    // A folder or a named pipe cannot be mapped, and a pipe would wait for its writer for ever.
    let type =
      (try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path))?[.type]
    guard type as? FileAttributeType == .typeRegular else {
      throw DatasetError(
        .unreadable, type == nil ? "there is no such file" : "this is not a regular file",
        remedy: "check the path", location: path)
    }
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw DatasetError(
        .unreadable, "the file cannot be read (\(error.localizedDescription))",
        remedy: "check its permissions", location: path)
    }
  }

  /// Number of bytes.
  var count: Int { data.count }

  /// Calls a closure with the bytes; the pointer must not leave it.
  func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(DatasetError) -> Result
  ) throws(DatasetError) -> Result {
    do {
      return try data.withUnsafeBytes(body)
    } catch let error as DatasetError {
      throw error
    } catch {
      // Data only passes on what `body` throws.
      throw DatasetError(.unreadable, "\(error)", remedy: "check the path", location: path)
    }
  }

  /// The error of a damaged file.
  func corrupt(_ message: String) -> DatasetError { .corrupt(path, message) }
}

extension UnsafeRawBufferPointer {
  /// A little-endian integer at any offset; the caller has checked that it is within the bytes.
  func little<Value: FixedWidthInteger>(_ offset: Int, as type: Value.Type = Value.self) -> Value {
    Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// A big-endian integer at any offset; the caller has checked that it is within the bytes.
  func big<Value: FixedWidthInteger>(_ offset: Int, as type: Value.Type = Value.self) -> Value {
    Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
  }
}
