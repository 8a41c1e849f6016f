import CMatIO
import Foundation

/// The cropped digits of SVHN, `train_32x32.mat` and its like.
///
/// Variable `X` is uint8 of 32x32x3xN, MATLAB's first dimension fastest: an image's values lie
/// column by column, channel by channel. `y` has the labels 1 to 10, and 10 stands for the digit 0
/// (Netzer et al., 2011, <http://ufldl.stanford.edu/housenumbers/>).
public struct SVHNImages: LabelledSamples {
  /// Eight times what the largest published file (`extra`) has.
  static let mostImages = 1 << 22

  /// The data set's name.
  public let name: String
  /// 3x32x32.
  public let frame = FrameShape(channels: 3, height: 32, width: 32)
  /// Ten.
  public let classes = 10
  /// The digit of each image.
  public let labels: [Int]
  private let images: MATVariable

  /// Reads a file: its bytes stay in memory, a quarter of what the images take as floats.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: the data set's name, for people.
  /// - Throws: ``DatasetError``: `unreadable`, `corrupt` or `mismatch`.
  public init(path: String, name: String = "svhn") throws(DatasetError) {
    let labels = try MATVariable(path: path, name: "y") { extents, _ in
      extents.count == 2 && extents.contains(1) && extents.allSatisfy { $0 <= Self.mostImages }
    }
    images = try MATVariable(path: path, name: "X") { extents, kind in
      extents.count == 4 && extents.prefix(3) == [32, 32, 3] && extents[3] <= Self.mostImages
        && kind == MAT_C_UINT8
    }
    self.name = name
    self.labels = try Self.labels(labels, path)
    guard images.dimensions[3] == self.labels.count, !self.labels.isEmpty else {
      throw DatasetError(
        .mismatch, "there are \(images.dimensions[3]) images, but \(self.labels.count) labels",
        remedy: "fetch the file again", location: path)
    }
  }

  /// Pictures.
  public var kind: SampleKind { .images }

  /// One image.
  public func sample(_ index: Int) -> Sample {
    let first = index * frame.count
    return .image(
      [Float](unsafeUninitializedCapacity: frame.count) { values, count in
        for channel in 0..<3 {
          for row in 0..<32 {
            for column in 0..<32 {
              let byte = images.bytes[first + (channel * 32 + column) * 32 + row]
              values[(channel * 32 + row) * 32 + column] = Float(byte) / 255
            }
          }
        }
        count = frame.count
      })
  }

  private static func labels(
    _ variable: MATVariable, _ path: String
  ) throws(DatasetError) -> [Int] {
    let count = variable.dimensions.reduce(1, *)
    var labels: [Int] = []
    labels.reserveCapacity(count)
    for index in 0..<count {
      let value: Double
      switch variable.kind {
      case MAT_C_UINT8: value = Double(variable.bytes[index])
      case MAT_C_DOUBLE:
        value = variable.bytes.loadUnaligned(fromByteOffset: index * 8, as: Double.self)
      case MAT_C_UINT16:
        value = Double(variable.bytes.little(index * 2, as: UInt16.self))
      case MAT_C_INT32:
        value = Double(variable.bytes.little(index * 4, as: Int32.self))
      default:
        throw .corrupt(path, "the labels are neither double nor uint8, uint16 or int32")
      }
      guard value >= 0, value <= 10, value == value.rounded() else {
        throw .corrupt(path, "label \(index) is \(value), not 1 to 10")
      }
      labels.append(Int(value) % 10)
    }
    return labels
  }
}
