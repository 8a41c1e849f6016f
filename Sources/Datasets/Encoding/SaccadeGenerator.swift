/// Events from a picture that is moved before a simulated sensor, as N-MNIST was made with a real one.
///
/// The picture's top-left corner starts at row 1, column 0 of a frame that is six pixels larger each
/// way, and walks three times (+1, +1), three times (−1, +1), three times (0, −2). A pixel is ON where
/// its grey level (0 to 255) rose by more than 50 in a step, and OFF where it fell by more than 50.
/// All arithmetic is of integers, so that the events are the same everywhere.
public enum SaccadeGenerator {
  /// Steps of the walk.
  public static let timeSteps = 9
  /// Rows and columns that a frame has more than the picture.
  public static let border = 6
  /// A change of the grey level must be larger.
  public static let threshold: Int16 = 50

  private static let walk =
    Array(repeating: (1, 1), count: 3) + Array(repeating: (-1, 1), count: 3)
    + Array(repeating: (0, -2), count: 3)

  /// The events of a picture.
  ///
  /// - Parameters:
  ///   - image: grey values from 0 to 1, `[row][column]`; 255 times a value, rounded, is its level.
  ///   - height: rows.
  ///   - width: columns.
  /// - Returns: 0 or 1, `[time step][ON, OFF][row][column]`.
  public static func events(_ image: [Float], height: Int, width: Int) -> [Float] {
    let rows = height + border
    let columns = width + border
    let levels = image.map { Int16((min(max($0, 0), 1) * 255).rounded()) }
    func frame(_ top: Int, _ left: Int) -> [Int16] {
      var frame = [Int16](repeating: 0, count: rows * columns)
      for row in 0..<height {
        for column in 0..<width {
          frame[(top + row) * columns + left + column] = levels[row * width + column]
        }
      }
      return frame
    }
    var (top, left) = (1, 0)
    var previous = frame(top, left)
    var result: [Float] = []
    result.reserveCapacity(timeSteps * 2 * rows * columns)
    for (down, right) in walk {
      top += down
      left += right
      let current = frame(top, left)
      for index in current.indices {
        result.append(current[index] - previous[index] > threshold ? 1 : 0)
      }
      for index in current.indices {
        result.append(previous[index] - current[index] > threshold ? 1 : 0)
      }
      previous = current
    }
    return result
  }
}
