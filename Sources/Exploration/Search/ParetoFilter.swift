/// Keeps of many points those that no other point is as good as, in every dimension, or better.
///
/// Of equal points the first one is kept, so the result does not depend on anything but the points.
package enum ParetoFilter {
  /// The positions of the points that are kept, in ascending order of the first dimension.
  ///
  /// - Parameters:
  ///   - points: the points; smaller is better.
  ///   - dimensions: which of their numbers count.
  /// - Returns: positions.
  /// - Complexity: O(n log n) for one and two dimensions; O(n x front) at the worst for more.
  package static func front(of points: [SIMD8<Double>], dimensions: [Int]) -> [Int] {
    guard let first = dimensions.first, points.count > 1 else {
      return points.isEmpty ? [] : [0]
    }
    // Lexicographic order: what comes later can at best equal what came before.
    let order = points.indices.sorted { left, right in
      let (a, b) = (points[left], points[right])
      if a[first] != b[first] { return a[first] < b[first] }
      for dimension in dimensions.dropFirst() where a[dimension] != b[dimension] {
        return a[dimension] < b[dimension]
      }
      return left < right
    }
    switch dimensions.count {
    case 1: return [order[0]]
    case 2:
      var kept: [Int] = []
      var least = Double.infinity
      for position in order where kept.isEmpty || points[position][dimensions[1]] < least {
        least = points[position][dimensions[1]]
        kept.append(position)
      }
      return kept
    case 3: return staircase(points, order, dimensions[1], dimensions[2])
    default: return scan(points, order, dimensions)
    }
  }

  /// Three dimensions: the points kept so far are a falling staircase in the last two.
  private static func staircase(
    _ points: [SIMD8<Double>], _ order: [Int], _ second: Int, _ third: Int
  ) -> [Int] {
    var kept: [Int] = []
    var steps: [SIMD2<Double>] = []
    for position in order {
      let point = SIMD2(points[position][second], points[position][third])
      // The first step that begins beyond the point; the one before it is the lowest that counts.
      var (low, high) = (0, steps.count)
      while low < high {
        let middle = (low + high) / 2
        if steps[middle].x <= point.x { low = middle + 1 } else { high = middle }
      }
      if low > 0, steps[low - 1].y <= point.y { continue }
      kept.append(position)
      let start = low > 0 && steps[low - 1].x == point.x ? low - 1 : low
      var end = low
      while end < steps.count, steps[end].y >= point.y { end += 1 }
      steps.replaceSubrange(start..<end, with: CollectionOfOne(point))
    }
    return kept
  }

  private static func scan(
    _ points: [SIMD8<Double>], _ order: [Int], _ dimensions: [Int]
  ) -> [Int] {
    var mask = SIMD8<Double>.zero
    for dimension in dimensions { mask[dimension] = 1 }
    var kept: [Int] = []
    var front: [SIMD8<Double>] = []
    for position in order {
      let point = points[position] * mask
      if let better = front.firstIndex(where: { all($0 .<= point) }) {
        // Whoever excludes one point is likely to exclude the next.
        if better > 0 { front.swapAt(better, better / 2) }
        continue
      }
      kept.append(position)
      front.append(point)
    }
    return kept
  }
}
