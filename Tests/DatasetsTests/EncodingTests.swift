import Datasets
import Foundation
import SeededRandom
import TestSupport
import Testing

/// Samples of a test.
struct ExampleSamples: LabelledSamples {
  var name = "example"
  var frame: FrameShape
  var classes = 2
  var labels: [Int] { samples.indices.map { $0 % 2 } }
  var samples: [Sample]

  var kind: SampleKind {
    if case .events = samples[0] { .events } else { .images }
  }

  init(images: [[Float]], channels: Int = 1, height: Int, width: Int) {
    frame = FrameShape(channels: channels, height: height, width: width)
    samples = images.map { .image($0) }
  }

  init(events: [[Event]], height: Int, width: Int) {
    frame = FrameShape(channels: 2, height: height, width: width)
    samples = events.map { .events($0) }
  }

  func sample(_ index: Int) -> Sample { samples[index] }
}

/// What encoders make of samples.
@Suite struct EncodingTests {
  private func direct(
    _ image: [Float], height: Int, width: Int, channels: Int = 1, epoch: Int? = nil,
    _ change: (inout InputEncoder) -> Void
  ) throws -> [Float] {
    var encoder = InputEncoder.direct
    change(&encoder)
    let data = ExampleSamples(images: [image], channels: channels, height: height, width: width)
    return try encoder.input(data, sample: 0, timeSteps: 1, seed: 1, epoch: epoch)
  }

  // MARK: Coding

  @Test func rateCodingIsAComparisonWithAUnitNumber() {
    let image = (0..<257).map { Float($0) / 200 - 0.1 }
    var stream = RandomStream(seed: 3, path: 4)
    var again = stream
    let spikes = ValueCoding.rate(gain: 0.9).encode(image, timeSteps: 40, stream: &stream)
    for (index, spike) in spikes.enumerated() {
      let value = min(max(0.9 * image[index % image.count], 0), 1)
      let unit = again.nextUnit()
      #expect(spike == (unit < value ? 1 : 0))
    }
  }

  @Test func latencyIsOneSpikeTheSoonerTheLarger() {
    var stream = RandomStream(seed: 1)
    let image: [Float] = [1, 0.75, 0.5, 0.1, 0.09, 0, -1, 3]
    let spikes = ValueCoding.latency(threshold: 0.1).encode(image, timeSteps: 5, stream: &stream)
    let steps = image.indices.map { value in
      (0..<5).filter { spikes[$0 * image.count + value] == 1 }
    }
    // (T - 1)(1 - x) = 0, 1, 2, 3.6; what is below the threshold never spikes.
    #expect(steps == [[0], [1], [2], [4], [], [], [], [0]])
    #expect(spikes.reduce(0, +) == 5)
  }

  // MARK: Pictures

  @Test func resizingIsBilinear() throws {
    func resized(_ image: [Float], _ old: (Int, Int), _ new: (Int, Int)) throws -> [Float] {
      try direct(image, height: old.0, width: old.1) {
        $0.size = PictureSize(height: new.0, width: new.1)
      }
    }
    #expect(try resized([0, 1], (1, 2), (1, 4)) == [0, 0.25, 0.75, 1])
    #expect(try resized([0, 1, 2, 3], (1, 4), (1, 2)) == [0.5, 2.5])
    #expect(try resized([0, 1, 2, 3], (2, 2), (1, 1)) == [1.5])
    #expect(try resized([0, 1, 2, 3], (2, 2), (2, 2)) == [0, 1, 2, 3])
    let three: [Float] = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    // PyTorch's documented example of align_corners=False with one row and column more.
    let expected: [Float] = [
      0, 0.625, 1.375, 2, 1.875, 2.5, 3.25, 3.875, 4.125, 4.75, 5.5, 6.125, 6, 6.625, 7.375, 8,
    ]
    #expect(zip(try resized(three, (3, 3), (4, 4)), expected).allSatisfy { abs($0 - $1) < 1e-5 })
    // A linear picture stays linear away from the edges.
    let slope = (0..<(34 * 34)).map { (pixel: Int) -> Float in
      Float(pixel / 34) + 10 * Float(pixel % 34)
    }
    let small = try resized(slope, (34, 34), (32, 32))
    for row in 1..<31 {
      for column in 1..<31 {
        let down: Float = (Float(row) + 0.5) * 34 / 32 - 0.5
        let right: Float = (Float(column) + 0.5) * 34 / 32 - 0.5
        let difference: Float = small[row * 32 + column] - down - 10 * right
        #expect(abs(difference) < 1e-3)
      }
    }
  }

  @Test func augmentationMovesAndFlipsTrainingSamplesOnly() throws {
    let image = (1...24).map { Float($0) / 24 }
    let change: (inout InputEncoder) -> Void = {
      $0.augmentation = Augmentation(shift: 2, flips: true)
    }
    #expect(try direct(image, height: 3, width: 4, channels: 2, change) == image)
    var seen: Set<[Float]> = []
    for epoch in 1...400 {
      let moved = try direct(image, height: 3, width: 4, channels: 2, epoch: epoch, change)
      #expect(moved == (try direct(image, height: 3, width: 4, channels: 2, epoch: epoch, change)))
      seen.insert(moved)
      // Both channels move alike: where one has a value, so has the other, half the values apart.
      for pixel in 0..<12 {
        #expect((moved[pixel] == 0) == (moved[pixel + 12] == 0))
        if moved[pixel] != 0 { #expect(abs(moved[pixel + 12] - moved[pixel] - 0.5) < 1e-6) }
      }
    }
    // 25 shifts, flipped or not; all turn up in 400 draws but with a chance of 2 %.
    #expect(seen.count > 45 && seen.count <= 50)
    #expect(seen.contains(image))
    let flipped = (0..<24).map { (index: Int) -> Float in image[index / 4 * 4 + 3 - index % 4] }
    #expect(seen.contains(flipped))
    // Down and to the right by one: the first row and column are new.
    let shifted = (0..<24).map { index -> Float in
      let isInside = index % 12 / 4 > 0 && index % 4 > 0
      return isInside ? image[index - 5] : 0
    }
    #expect(seen.contains(shifted))
  }

  @Test func normalisationIsByChannel() throws {
    let values = try direct([0, 1, 0.5, 0.5], height: 1, width: 2, channels: 2) {
      $0.normalisation = try? Normalisation(means: [0.5, 0.25], deviations: [0.5, 0.125])
    }
    #expect(values == [-1, 1, 2, 2])
    let data = ExampleSamples(
      images: [[0, 1, 3, 3], [0, 3, 3, 3]], channels: 2, height: 1, width: 2)
    let measured = try Normalisation.measured(
      data, samples: [0, 1], encoder: .direct, timeSteps: 1)
    #expect(measured.means == [1, 3])
    #expect(measured.deviations == [Float(1.5).squareRoot(), 1])
    #expect(throws: DatasetError.self) {
      try Normalisation.measured(data, samples: [], encoder: .direct, timeSteps: 1)
    }
    #expect(throws: DatasetError.self) { try Normalisation(means: [0], deviations: [0]) }
    #expect(throws: DatasetError.self) { try Normalisation(means: [.nan], deviations: [1]) }
  }

  // MARK: Saccades

  @Test func saccadesAreThoseOfTheirDefinition() throws {
    let images = (0..<3).map { image in
      (0..<784).map { pixel -> Float in
        let (row, column) = (pixel / 28, pixel % 28)
        let level = image * 37 + row * 91 + column * 53 + row * column * (image + 3)
        return Float(level % 256) * (1 / 255)
      }
    }
    let data = ExampleSamples(images: images, height: 28, width: 28)
    let encoder = InputEncoder(coding: .direct, makesSaccades: true)
    #expect(try encoder.frame(of: data, timeSteps: 9).description == "2x34x34")
    #expect(encoder.feeds(.images) == .eventSpikes)
    let bits = Array(try Fixture.data("saccades.bits"))
    var position = 0
    for sample in 0..<3 {
      for value in try encoder.input(data, sample: sample, timeSteps: 9, seed: 1) {
        let bit = bits[position / 8] >> UInt8(7 - position % 8) & 1
        guard value == Float(bit) else {
          Issue.record("value \(position) is \(value)")
          return
        }
        position += 1
      }
    }
    #expect(position == bits.count * 8 || position == bits.count * 8 - 4)
    #expect(throws: DatasetError.self) { try encoder.frame(of: data, timeSteps: 10) }
  }

  // MARK: What does not fit

  @Test func contradictionsAreRefused() throws {
    let image = ExampleSamples(
      images: [[Float](repeating: 0, count: 12)], channels: 3, height: 2, width: 2)
    let events = ExampleSamples(events: [[]], height: 4, width: 4)
    func expectRefusal(
      _ data: ExampleSamples, _ change: (inout InputEncoder) -> Void
    ) {
      var encoder = InputEncoder.direct
      change(&encoder)
      let error = #expect(throws: DatasetError.self) { try encoder.frame(of: data, timeSteps: 9) }
      #expect(error?.code == .invalidRequest)
    }
    expectRefusal(image) { $0.makesSaccades = true }
    expectRefusal(events) { $0.makesSaccades = true }
    expectRefusal(events) { $0.normalisation = .svhn }
    expectRefusal(events) {
      $0.normalisation = try? Normalisation(means: [0, 0], deviations: [1, 1])
    }
    expectRefusal(image) { $0.size = PictureSize(height: 0, width: 4) }
    expectRefusal(image) { $0.size = PictureSize(height: 4, width: 1 << 40) }
    expectRefusal(image) { $0.augmentation.shift = -1 }
    expectRefusal(image) { $0.coding = .rate(gain: .nan) }
    expectRefusal(image) { $0.coding = .latency(threshold: 2) }
    expectRefusal(events) { $0.framing.denoising = 0 }
  }

  @Test func encodersSurviveTheirJSON() throws {
    let encoder = InputEncoder(
      coding: .latency(threshold: 0.25),
      framing: EventFraming(
        binning: .count, values: .counts, polarities: .merged, denoising: 10_000),
      makesSaccades: true, size: PictureSize(height: 32, width: 16), normalisation: .svhn,
      augmentation: Augmentation(shift: 3, flips: true))
    #expect(try InputEncoder(json: encoder.json) == encoder)
    for damaged in ["", "{}", encoder.json.replacingOccurrences(of: "0.4437697", with: "1e99")] {
      #expect(throws: DatasetError.self) { try InputEncoder(json: damaged) }
    }
    for part in [
      "saccades", "32x16", "0.4376821", "shift:3,flip", "count counts merged", "10000us",
    ] {
      #expect(encoder.name.contains(part), "\(encoder.name)")
    }
  }
}
