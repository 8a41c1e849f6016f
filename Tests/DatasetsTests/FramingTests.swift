import Datasets
import Foundation
import TestSupport
import Testing

/// Events in frames, beside those that Tonic makes.
@Suite struct FramingTests {
  /// `tonic.json`.
  private struct Reference: Decodable {
    var width: Int
    var height: Int
    var events: [[Int]]
    var time: [Float]
    var count: [Float]
    var kept: [[Int]]

    static func load() throws -> Reference {
      try JSONDecoder().decode(Reference.self, from: Fixture.data("tonic.json"))
    }

    var samples: ExampleSamples {
      ExampleSamples(
        events: [events.map(Self.event), kept.map(Self.event)], height: height, width: width)
    }

    private static func event(_ row: [Int]) -> Event {
      Event(time: Int64(row[2]), x: UInt16(row[0]), y: UInt16(row[1]), isOn: row[3] == 1)
    }
  }

  private func frames(
    _ data: ExampleSamples, sample: Int = 0, timeSteps: Int = 5, _ framing: EventFraming
  ) throws -> [Float] {
    try InputEncoder(coding: .direct, framing: framing)
      .input(data, sample: sample, timeSteps: timeSteps, seed: 1)
  }

  @Test func theSameCountsAsTonic() throws {
    let reference = try Reference.load()
    let data = reference.samples
    #expect(
      try frames(data, EventFraming(binning: .time, values: .counts)) == reference.time)
    #expect(
      try frames(data, EventFraming(binning: .count, values: .counts)) == reference.count)
  }

  @Test func theSameDenoisingAsTonic() throws {
    let data = try Reference.load().samples
    // What is left of the first sample is the second: the same frames, event by event.
    for steps in [1, 7] {
      let framing = EventFraming(binning: .count, values: .counts)
      var denoised = framing
      denoised.denoising = 1000
      let left = try frames(data, timeSteps: steps, denoised)
      #expect(left == (try frames(data, sample: 1, timeSteps: steps, framing)))
      #expect(left.reduce(0, +) > 90)
    }
  }

  @Test func spikesPolaritiesAndExtents() throws {
    let data = try Reference.load().samples
    let counts = try frames(data, EventFraming(values: .counts))
    let binary = try frames(data, EventFraming())
    #expect(binary == counts.map { $0 > 0 ? 1 : 0 })
    #expect(counts.contains { $0 > 1 })
    let merged = try frames(data, EventFraming(values: .counts, polarities: .merged))
    let pixels = 120
    for step in 0..<5 {
      for pixel in 0..<pixels {
        let off = counts[(2 * step) * pixels + pixel]
        let on = counts[(2 * step + 1) * pixels + pixel]
        #expect(merged[step * pixels + pixel] == off + on)
      }
    }
    var encoder = InputEncoder(coding: .direct)
    #expect(try encoder.frame(of: data, timeSteps: 5).description == "2x10x12")
    #expect(encoder.feeds(.events) == .eventSpikes)
    encoder.framing.polarities = .merged
    encoder.framing.values = .counts
    encoder.size = PictureSize(height: 4, width: 6)
    #expect(try encoder.frame(of: data, timeSteps: 5).description == "1x4x6")
    #expect(encoder.feeds(.events) == .values)
    #expect(try encoder.input(data, sample: 0, timeSteps: 5, seed: 1).count == 5 * 24)
  }

  @Test func emptyAndShortRecordings() throws {
    let one = Event(time: 5, x: 1, y: 1, isOn: true)
    let data = ExampleSamples(events: [[], [one], [one, one, one]], height: 3, width: 3)
    for binning in EventFraming.Binning.allCases {
      let framing = EventFraming(binning: binning, values: .counts)
      #expect(try frames(data, sample: 0, framing).allSatisfy { $0 == 0 })
      #expect(try frames(data, sample: 1, framing).count == 5 * 18)
    }
    // All at once: the first step in time, and three shares of one event.
    let time = try frames(data, sample: 2, EventFraming(binning: .time, values: .counts))
    #expect(time[9 + 4] == 3 && time.reduce(0, +) == 3)
    let count = try frames(
      data, sample: 2, timeSteps: 3, EventFraming(binning: .count, values: .counts))
    #expect((0..<3).allSatisfy { count[$0 * 18 + 9 + 4] == 1 })
  }

  @Test func augmentedEventsMoveInAllSteps() throws {
    let data = try Reference.load().samples
    var encoder = InputEncoder(coding: .direct)
    encoder.augmentation = Augmentation(flips: true)
    let plain = try encoder.input(data, sample: 0, timeSteps: 5, seed: 1)
    let flipped = plain.indices.map { plain[$0 / 12 * 12 + 11 - $0 % 12] }
    let epochs = try (1...20).map {
      try encoder.input(data, sample: 0, timeSteps: 5, seed: 1, epoch: $0)
    }
    #expect(epochs.contains(plain) && epochs.contains(flipped))
    #expect(epochs.allSatisfy { $0 == plain || $0 == flipped })
  }
}
