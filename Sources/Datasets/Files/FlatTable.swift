/// A table of a FlatBuffer, read with every offset checked.
///
/// A table begins with the signed distance back to its list of fields: the list's size and the
/// table's (16 bits each), then a 16-bit offset for every field, 0 for one that is absent
/// (flatbuffers.dev, *FlatBuffer Internals*).
struct FlatTable {
  private let bytes: UnsafeRawBufferPointer
  private let start: Int
  private let fields: Range<Int>

  /// The root table of a buffer behind its 32-bit size; nil if the offsets lead outside.
  ///
  /// - Parameters:
  ///   - bytes: the size and what follows.
  ///   - identifier: the four letters that must stand behind the root's offset, if any must.
  init?(sizePrefixed bytes: UnsafeRawBufferPointer, identifier: String? = nil) {
    guard bytes.count >= 12 else { return nil }
    if let identifier, !bytes[8..<12].elementsEqual(identifier.utf8) { return nil }
    self.bytes = bytes
    start = 4 + Int(bytes.little(4, as: UInt32.self))
    guard start <= bytes.count - 4 else { return nil }
    let list = start - Int(bytes.little(start, as: Int32.self))
    guard list >= 0, list <= bytes.count - 4 else { return nil }
    let size = Int(bytes.little(list, as: UInt16.self))
    guard size >= 4, size <= bytes.count - list else { return nil }
    fields = (list + 4)..<(list + size)
  }

  private func place(_ field: Int, size: Int) -> Int? {
    let entry = fields.lowerBound + 2 * field
    guard entry + 2 <= fields.upperBound else { return nil }
    let offset = Int(bytes.little(entry, as: UInt16.self))
    guard offset > 0, start + offset <= bytes.count - size else { return nil }
    return start + offset
  }

  /// An integer; nil if the field is absent, which stands for its default.
  func integer<Value: FixedWidthInteger>(_ field: Int, as type: Value.Type) -> Value? {
    place(field, size: MemoryLayout<Value>.size).map { bytes.little($0) }
  }

  /// The bytes of a vector or string of elements of one size; nil if absent or beyond the buffer.
  func vector(_ field: Int, elementSize: Int) -> UnsafeRawBufferPointer? {
    guard let place = place(field, size: 4) else { return nil }
    let vector = place + Int(bytes.little(place, as: UInt32.self))
    guard vector <= bytes.count - 4 else { return nil }
    let length = Int(bytes.little(vector, as: UInt32.self)) * elementSize
    guard length <= bytes.count - vector - 4 else { return nil }
    return UnsafeRawBufferPointer(rebasing: bytes[(vector + 4)..<(vector + 4 + length)])
  }
}
