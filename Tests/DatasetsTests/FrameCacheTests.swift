import Datasets
import Dispatch
import Synchronization
import TestSupport
import Testing

/// Inputs are the same with and without a cache; only how often recordings are decoded is not.
@Suite struct FrameCacheTests {
  /// Recordings that count how often they are decoded; one of them is damaged.
  private final class CountedSamples: LabelledSamples {
    static let damaged = 5
    let name = "counted"
    let kind = SampleKind.events
    let frame = FrameShape(channels: 2, height: 12, width: 10)
    let classes = 2
    let labels = (0..<12).map { $0 % 2 }
    let decoded = Atomic<Int>(0)
    private let recordings: [[Event]]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      recordings = (0..<12).map { index in
        (0..<(index * 90)).map { event in
          Event(
            time: Int64(event * 50 + Int.random(in: 0..<50, using: &random)),
            // Few pixels fire often, so that counts are beyond a byte in the longest recordings.
            x: UInt16(Int.random(in: 0..<(index > 9 ? 1 : 10), using: &random)),
            y: UInt16(Int.random(in: 0..<(index > 9 ? 2 : 12), using: &random)),
            isOn: Bool.random(using: &random))
        }
      }
    }

    func sample(_ index: Int) throws(DatasetError) -> Sample {
      decoded.wrappingAdd(1, ordering: .relaxed)
      guard index != Self.damaged else {
        throw DatasetError(.corrupt, "event 3 is cut short", remedy: "none", location: "5.bin")
      }
      return .events(recordings[index])
    }
  }

  /// Every way in which frames are made, kept as bits, bytes and floats.
  private static let encoders: [InputEncoder] = {
    var encoders: [InputEncoder] = []
    for values in EventFraming.Values.allCases {
      for size in [nil, PictureSize(height: 7, width: 5)] {
        for denoising in [nil, Int64(400)] {
          var encoder = InputEncoder(coding: .direct, size: size)
          encoder.framing = EventFraming(
            binning: denoising == nil ? .time : .count, values: values,
            polarities: size == nil ? .separate : .merged, denoising: denoising)
          encoder.augmentation = Augmentation(shift: 2, flips: true)
          encoders.append(encoder)
        }
      }
    }
    return encoders
  }()

  private typealias Input = Result<[Float], DatasetError>

  /// The inputs of some epochs, and those without augmentation.
  private func inputs(
    _ data: any LabelledSamples, _ encoder: InputEncoder, threads: Int
  ) -> [Input] {
    let epochs: [Int?] = [nil, 1, 2, 3]
    let all = Mutex([Input?](repeating: nil, count: epochs.count * data.count))
    let count = epochs.count * data.count
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for task in stride(from: thread, to: count, by: threads) {
        let input = Input { () throws(DatasetError) in
          try encoder.input(
            data, sample: task % data.count, timeSteps: 3, seed: 7,
            epoch: epochs[task / data.count])
        }
        all.withLock { $0[task] = input }
      }
    }
    return all.withLock { $0.compactMap { $0 } }
  }

  @Test(arguments: [1, 4]) func inputsAreTheSameToTheLastBit(threads: Int) {
    let samples = CountedSamples(seed: 3)
    let limits = [0, 100, 2_000, FrameCache.usualLimit]
    for encoder in Self.encoders {
      let plain = inputs(samples, encoder, threads: 1)
      #expect(Set(plain.map { (try? $0.get())?.reduce(0, +) ?? -1 }).count > 5)
      for limit in limits {
        let cached = FrameCache(limit: limit).keeping(samples)
        let others = inputs(cached, encoder, threads: threads)
        for (input, other) in zip(plain, others) {
          #expect(bits(input) == bits(other), "\(encoder.name), \(limit) bytes")
        }
      }
    }
  }

  private func bits(_ input: Input) -> [UInt32]? {
    (try? input.get())?.map(\.bitPattern)
  }

  @Test func augmentationStillVariesByEpoch() throws {
    let data = FrameCache(limit: FrameCache.usualLimit).keeping(CountedSamples(seed: 1))
    let inputs = try (1...8).map {
      try Self.encoders[0].input(data, sample: 9, timeSteps: 3, seed: 1, epoch: $0)
    }
    #expect(Set(inputs).count > 3)
  }

  @Test func recordingsAreDecodedOnce() {
    let samples = CountedSamples(seed: 2)
    let cache = FrameCache(limit: FrameCache.usualLimit)
    let data = cache.keeping(samples)
    _ = inputs(data, Self.encoders[0], threads: 1)
    // The damaged one is read anew every time.
    #expect(samples.decoded.load(ordering: .relaxed) == 11 + 4)
    #expect(cache.count == 11)
    // Another way to make frames is another entry.
    _ = inputs(data, Self.encoders[1], threads: 1)
    #expect(samples.decoded.load(ordering: .relaxed) == 2 * (11 + 4))
    #expect(cache.count == 22)
  }

  @Test func theLimitHolds() {
    let samples = CountedSamples(seed: 2)
    for encoder in Self.encoders {
      for limit in [0, 1, 170, 500, 3_000] {
        let cache = FrameCache(limit: limit)
        _ = inputs(cache.keeping(samples), encoder, threads: 4)
        #expect(cache.bytes <= limit)
        #expect((cache.count > 0) == (cache.bytes > 0))
      }
    }
    // Binary frames of 3 x 2 x 120 values are 90 bytes, rounded up to words: too much for this.
    let small = FrameCache(limit: 200)
    let before = samples.decoded.load(ordering: .relaxed)
    _ = inputs(small.keeping(samples), Self.encoders[0], threads: 1)
    #expect(small.count == 0)
    #expect(samples.decoded.load(ordering: .relaxed) - before == 4 * 12)
  }

  @Test func dataSetsDoNotMix() throws {
    let cache = FrameCache(limit: FrameCache.usualLimit)
    let (first, second) = (CountedSamples(seed: 1), CountedSamples(seed: 2))
    let (one, other) = (cache.keeping(first), cache.keeping(second))
    for sample in [3, 7, 3] {
      func input(_ data: any LabelledSamples) throws -> [Float] {
        try Self.encoders[0].input(data, sample: sample, timeSteps: 3, seed: 1)
      }
      #expect(try input(one) == input(first))
      #expect(try input(other) == input(second))
      #expect(try input(one) != input(other))
    }
  }

  @Test(arguments: [1, 4]) func aDamagedRecordingIsAnErrorEveryTime(threads: Int) {
    let data = FrameCache(limit: FrameCache.usualLimit).keeping(CountedSamples(seed: 2))
    for input in inputs(data, Self.encoders[0], threads: threads).enumerated()
    where input.offset % 12 == CountedSamples.damaged {
      let error = #expect(throws: DatasetError.self) { try input.element.get() }
      #expect(error?.message == "event 3 is cut short" && error?.location == "5.bin")
    }
  }

  @Test func imagesAreNotKept() throws {
    let images = ExampleSamples(images: [[0.5, 0.25]], height: 1, width: 2)
    let cache = FrameCache(limit: FrameCache.usualLimit)
    #expect(cache.keeping(images).frameCache == nil)
    #expect(cache.count == 0)
  }
}
