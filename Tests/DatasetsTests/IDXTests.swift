import Datasets
import Foundation
import Testing

/// IDX files, whole and damaged, plain and compressed.
@Suite struct IDXTests {
  /// A folder that vanishes with the test.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("idx-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
      let file = url.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return file.path
    }
  }

  private func idx(_ dimensions: [UInt32], type: UInt8 = 8, _ values: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(dimensions.count)]
      + dimensions.flatMap { extent in
        (0..<4).map { UInt8(truncatingIfNeeded: extent >> (24 - 8 * $0)) }
      }
      + values
  }

  @Test func plainPairsAreRead() throws {
    let folder = try Folder()
    _ = try folder.write(idx([2, 1, 3], [0, 51, 255, 1, 2, 3]), "a-images-idx3-ubyte")
    _ = try folder.write(idx([2], [4, 1]), "a-labels-idx1-ubyte")
    let images = try LabelledImages(idx: folder.url.appendingPathComponent("a").path)
    #expect(images.count == 2)
    #expect(images.labels == [4, 1])
    #expect(images.classes == 5)
    #expect(images.name == "a")
    let expected: [Float] = [0, 0.2, 1]
    #expect(zip(images.image(0), expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func theDigitsAreWhole() throws {
    let digits = try LabelledImages.digits()
    #expect(digits.count == 1797)
    #expect(digits.frame.description == "1x8x8" && digits.classes == 10)
    #expect(Array(digits.labels.prefix(10)) == Array(0..<10))
    #expect(digits.values.max() == 1)
    // Mean grey level of the published set: 4.884 of 16.
    let mean = 16 * digits.values.reduce(0, +) / Float(digits.values.count)
    #expect(abs(mean - 4.884) < 0.01)
  }

  @Test(
    "damaged files say which and why",
    arguments: [
      ([], "not an IDX file"), ([0, 0, 8], "not an IDX file"), ([1, 2, 8, 3, 0, 0], "not an IDX"),
      ([0, 0, 13, 3], "unsigned bytes"), ([0, 0, 8, 1, 0, 0, 0, 1, 5], "dimensions"),
      ([0, 0, 8, 3, 0, 0], "header"),
      ([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "absurd"),
      ([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], "absurd"),
      ([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7], "promises 2"),
      ([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7, 7], "more follows"),
      ([0, 0, 8, 3, 0x70, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 7], "promises 1879048192"),
    ] as [([UInt8], String)])
  func damagedFiles(bytes: [UInt8], complaint: String) throws {
    let folder = try Folder()
    let path = try folder.write(bytes, "damaged")
    let error = #expect(throws: DatasetError.self) { try IDXFile(path: path, rank: 3) }
    #expect(error?.location == path)
    #expect(error?.message.contains(complaint) == true, "\(error?.message ?? "")")
  }

  @Test func damagedCompressionIsNoticed() throws {
    let folder = try Folder()
    let whole = try Data(contentsOf: digitsFile())
    for length in [2, 10, 18, 1000, whole.count - 1] {
      let path = try folder.write(Array(whole.prefix(length)), "short")
      #expect(throws: DatasetError.self) { try IDXFile(path: path, rank: 3) }
    }
    for position in stride(from: 100, to: whole.count, by: 997) {
      var bytes = Array(whole)
      bytes[position] ^= 0x55
      let path = try folder.write(bytes, "flipped")
      #expect(throws: DatasetError.self, "\(position)") { try IDXFile(path: path, rank: 3) }
    }
  }

  @Test func pairsMustMatch() throws {
    let folder = try Folder()
    let prefix = folder.url.appendingPathComponent("b").path
    #expect(throws: DatasetError.self) { try LabelledImages(idx: prefix) }
    _ = try folder.write(idx([2, 1, 1], [0, 5]), "b-images-idx3-ubyte")
    #expect(throws: DatasetError.self) { try LabelledImages(idx: prefix) }
    _ = try folder.write(idx([3], [0, 1, 2]), "b-labels-idx1-ubyte")
    let error = #expect(throws: DatasetError.self) { try LabelledImages(idx: prefix) }
    #expect(error?.code == .mismatch)
    #expect(error?.message.contains("2 images, but 3 labels") == true)
    _ = try folder.write(idx([2], [0, 9]), "b-labels-idx1-ubyte")
    #expect(throws: DatasetError.self) { try LabelledImages(idx: prefix, classes: 5) }
    #expect(throws: DatasetError.self) { try LabelledImages(idx: prefix, largestValue: 4) }
  }

  private func digitsFile() throws -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Sources/Datasets/Resources/digits/digits-images-idx3-ubyte.gz")
  }
}
