import Datasets
import SeededRandom
import SpikingNetworks

/// The digits that come with Lockstep, enlarged to a workload's extent.
///
/// Three channels get a random ink and a darker random paper, so that the input is as busy as that
/// of photographs: no value is zero.
struct Images {
  private let digits: LabelledImages
  private let shape: FeatureShape

  init(_ shape: FeatureShape) throws {
    digits = try LabelledImages.digits()
    self.shape = shape
  }

  var count: Int { digits.count }

  func label(_ index: Int) -> Int { digits.labels[index] }

  /// One image, `[channel][row][column]`, with values between 0 and 1.
  func image(_ index: Int) -> [Float] {
    let source = Array(digits.image(index))
    var stream = RandomStream(seed: 11, path: UInt64(index))
    var image: [Float] = []
    for _ in 0..<shape.channels {
      let isColoured = shape.channels > 1
      let paper = isColoured ? stream.nextUnit() * 0.5 : 0
      let ink = isColoured ? 0.5 + stream.nextUnit() * 0.5 : 1
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          image.append(paper + (ink - paper) * interpolated(source, row, column))
        }
      }
    }
    return image
  }

  /// A workload's input for one sample: `[time step][channel][row][column]`.
  func input(_ index: Int, _ workload: Workload, seed: UInt64) -> [Float] {
    let image = image(index)
    switch workload.coding {
    case .direct: return Array(repeatElement(image, count: workload.timeSteps).joined())
    case .spikes:
      var stream = RandomStream(seed: seed, path: UInt64(index))
      return (0..<workload.timeSteps).flatMap { _ in
        image.map { stream.nextUnit() < $0 ? 1 : 0 }
      }
    }
  }

  /// Bilinear interpolation with aligned pixel edges.
  private func interpolated(_ source: [Float], _ row: Int, _ column: Int) -> Float {
    func place(_ position: Int, _ extent: Int, _ sources: Int) -> (Int, Int, Float) {
      let exact = (Float(position) + 0.5) * Float(sources) / Float(extent) - 0.5
      let clamped = min(max(exact, 0), Float(sources - 1))
      let first = Int(clamped)
      return (first, min(first + 1, sources - 1), clamped - Float(first))
    }
    let (top, bottom, down) = place(row, shape.height, digits.frame.height)
    let (left, right, across) = place(column, shape.width, digits.frame.width)
    func mix(_ row: Int) -> Float {
      source[row * digits.frame.width + left] * (1 - across) + source[
        row * digits.frame.width + right] * across
    }
    return mix(top) * (1 - down) + mix(bottom) * down
  }
}
