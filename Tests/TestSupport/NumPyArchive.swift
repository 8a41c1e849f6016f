import Foundation

/// The arrays of a `.npz` file: a zip archive of stored (not compressed) `.npy` entries.
public struct NumPyArchive {
  private let bytes: Data
  private let places: [String: Range<Int>]

  /// Reads the archive's directory.
  public init(_ bytes: Data) throws {
    let bytes = Data(bytes)
    func number(_ offset: Int, _ size: Int) -> Int {
      (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    // The end record has no comment in NumPy's files, so it is the last 22 bytes.
    let end = bytes.count - 22
    guard end >= 0, number(end, 4) == 0x0605_4B50 else {
      throw NumPyArray.Failure(description: "not an .npz archive")
    }
    var places: [String: Range<Int>] = [:]
    var entry = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      guard number(entry, 4) == 0x0201_4B50, number(entry + 10, 2) == 0 else {
        throw NumPyArray.Failure(description: "a compressed or damaged entry")
      }
      let nameLength = number(entry + 28, 2)
      let name = String(decoding: bytes[(entry + 46)..<(entry + 46 + nameLength)], as: UTF8.self)
      let local = number(entry + 42, 4)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      places[name.replacingOccurrences(of: ".npy", with: "")] =
        start..<(start + number(entry + 20, 4))
      entry += 46 + nameLength + number(entry + 30, 2) + number(entry + 32, 2)
    }
    self.bytes = bytes
    self.places = places
  }

  /// The names of all arrays.
  public var names: [String] { places.keys.sorted() }

  /// The array of a name.
  public func array(_ name: String) throws -> NumPyArray {
    guard let place = places[name] else {
      throw NumPyArray.Failure(description: "no array \(name)")
    }
    return try NumPyArray(bytes[place])
  }
}
