/// A file of the IDX format, in which MNIST and its successors are published.
///
/// Big-endian: two zero bytes, a type code (only 8, unsigned bytes, here), the number of dimensions,
/// each dimension as 32 bits, then the values in row-major order (LeCun, Cortes, Burges, *The MNIST
/// database of handwritten digits*). Plain or gzip-compressed.
public struct IDXFile: Sendable {
  /// The file.
  public let path: String
  /// The extents.
  public let dimensions: [Int]
  /// The values.
  public let values: [UInt8]

  /// More values than any published set has; a header that claims more is damaged.
  static let largestCount = 1 << 31

  /// Reads a file.
  ///
  /// Memory grows with what the file holds, never with what its header claims.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - rank: the number of dimensions that it must have: 3 for images, 1 for labels.
  /// - Throws: ``DatasetError``: `unreadable` or `corrupt`, with the path.
  public init(path: String, rank: Int) throws(DatasetError) {
    self.path = path
    let source = try ByteSource(path: path)
    let magic = try source.read(4)
    guard magic.count == 4, magic[0] == 0, magic[1] == 0 else {
      throw DatasetError.corrupt(path, "this is not an IDX file: it begins with \(magic)")
    }
    guard magic[2] == 8 else {
      throw DatasetError.corrupt(path, "the values are of type \(magic[2]), not unsigned bytes (8)")
    }
    guard magic[3] == rank else {
      throw DatasetError(
        .corrupt, "the file has \(magic[3]) dimensions, not \(rank)",
        remedy: "give image files (3) and label files (1) in their places", location: path)
    }
    let extents = try source.read(4 * rank)
    guard extents.count == 4 * rank else {
      throw DatasetError.corrupt(path, "the file ends within its header")
    }
    var dimensions: [Int] = []
    var count = 1
    for axis in 0..<rank {
      let bytes = extents[(4 * axis)..<(4 * axis + 4)]
      let extent = bytes.reduce(0) { $0 << 8 | Int($1) }
      dimensions.append(extent)
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent > 0, !overflow, product <= Self.largestCount else {
        throw DatasetError.corrupt(path, "the dimensions \(dimensions) are absurd")
      }
      count = product
    }
    let values = try source.read(count)
    guard values.count == count else {
      throw DatasetError.corrupt(
        path, "the header promises \(count) values, but \(values.count) follow")
    }
    guard try source.read(1).isEmpty else {
      throw DatasetError.corrupt(
        path, "more follows after the \(count) values that the header promises")
    }
    self.dimensions = dimensions
    self.values = values
  }
}
