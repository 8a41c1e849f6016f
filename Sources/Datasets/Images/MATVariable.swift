import CMatIO
import Foundation
import Synchronization

/// One variable of a MATLAB file, read by libmatio and freed with this object.
final class MATVariable: @unchecked Sendable {
  // Unchecked: the values are constant once they have been read.
  private let variable: UnsafeMutablePointer<matvar_t>
  /// The values as they lie in memory, the first dimension fastest.
  let bytes: UnsafeRawBufferPointer
  /// The extents.
  let dimensions: [Int]

  /// libmatio keeps its log in global variables.
  private static let library = Mutex(())

  /// zlib makes nothing more than 1,032 times smaller: a variable that claims more is damaged, and
  /// must not be given the memory that it asks for.
  private static let largestRatio = 1032

  private static func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflows) = left.multipliedReportingOverflow(by: right)
    return overflows ? .max : product
  }

  /// Reads a variable of real numbers.
  ///
  /// - Parameters:
  ///   - path: a file of MATLAB 5 to 7.2.
  ///   - name: the variable.
  ///   - isExpected: whether extents and class are such as the caller can use; nothing is read before
  ///     it has agreed.
  /// - Throws: ``DatasetError``: `unreadable` or `corrupt`.
  init(
    path: String, name: String, isExpected: ([Int], matio_classes) -> Bool
  ) throws(DatasetError) {
    let most = try MATLayout.check(path) * Self.largestRatio
    let opened: (UnsafeMutablePointer<matvar_t>?, String) = Self.library.withLock { _ in
      guard let file = Mat_Open(path, Int32(MAT_ACC_RDONLY.rawValue)) else {
        return (nil, "this is not a MATLAB file of version 5")
      }
      defer { Mat_Close(file) }
      guard let variable = Mat_VarReadInfo(file, name) else {
        return (nil, "there is no variable \(name), or its header is damaged")
      }
      let dimensions = Self.dimensions(of: variable)
      guard variable.pointee.isComplex == 0, dimensions.reduce(1, Self.product) <= most,
        isExpected(dimensions, variable.pointee.class_type)
      else {
        let kind = variable.pointee.class_type.rawValue
        Mat_VarFree(variable)
        return (nil, "the variable \(name) has the extents \(dimensions) and the class \(kind)")
      }
      guard Mat_VarReadDataAll(file, variable) == 0, variable.pointee.data != nil else {
        Mat_VarFree(variable)
        return (nil, "the values of variable \(name) are damaged or cut short")
      }
      return (variable, "")
    }
    guard let variable = opened.0 else { throw .corrupt(path, opened.1) }
    self.variable = variable
    dimensions = Self.dimensions(of: variable)
    let size = dimensions.reduce(1, *) * Int(variable.pointee.data_size)
    guard variable.pointee.nbytes >= size else {
      Mat_VarFree(variable)
      throw .corrupt(path, "the values of variable \(name) are cut short")
    }
    bytes = UnsafeRawBufferPointer(start: variable.pointee.data, count: size)
  }

  deinit { Mat_VarFree(variable) }

  /// The class of the values, which says how they lie in memory.
  var kind: matio_classes { variable.pointee.class_type }

  private static func dimensions(of variable: UnsafeMutablePointer<matvar_t>) -> [Int] {
    (0..<Int(max(0, min(variable.pointee.rank, 8)))).map {
      Int(clamping: variable.pointee.dims?[$0] ?? 0)
    }
  }
}
