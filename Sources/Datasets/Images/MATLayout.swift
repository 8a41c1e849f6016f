import Foundation

/// A look at the outermost structure of a MATLAB 5 file, before a library is trusted with it.
///
/// 128 bytes of header, then elements: 32 bits of type, 32 bits of length, and so many bytes, padded
/// to eight unless they are compressed (MathWorks, *MAT-File Format*, "Level 5").
enum MATLayout {
  private static let matrix: UInt32 = 14
  private static let compressed: UInt32 = 15

  /// - Returns: the file's size in bytes.
  /// - Throws: ``DatasetError``: `unreadable`, or `corrupt` with the element's number.
  static func check(_ path: String) throws(DatasetError) -> Int {
    let file = try FileBytes(path: path)
    try file.withBytes { bytes throws(DatasetError) in
      guard bytes.count > 136 else {
        throw file.corrupt("\(bytes.count) bytes are too few for a MATLAB file")
      }
      guard bytes[126] == 0x49, bytes[127] == 0x4D, bytes.little(124, as: UInt16.self) == 0x0100
      else {
        throw file.corrupt("this is not a little-endian MATLAB file of version 5")
      }
      var offset = 128
      var element = 0
      while offset < bytes.count {
        guard bytes.count - offset >= 8 else {
          throw file.corrupt("element \(element) is cut short")
        }
        let type: UInt32 = bytes.little(offset)
        let length = Int(bytes.little(offset + 4, as: UInt32.self))
        guard type == matrix || type == compressed else {
          throw file.corrupt("element \(element) is of type \(type), not a variable")
        }
        guard length > 0, length <= bytes.count - offset - 8 else {
          throw file.corrupt(
            "element \(element) claims \(length) bytes, but \(bytes.count - offset - 8) follow")
        }
        offset += 8 + (type == compressed ? length : (length + 7) & ~7)
        element += 1
      }
    }
    return file.count
  }
}
