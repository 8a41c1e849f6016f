import Datasets
import Foundation
import TestSupport
import Testing

/// What the readers find in files of each format.
@Suite struct ReaderTests {
  private func events(_ sample: Sample) -> [Event] {
    if case .events(let events) = sample { events } else { [] }
  }

  private func image(_ sample: Sample) -> [Float] {
    if case .image(let values) = sample { values } else { [] }
  }

  @Test func theBinaryVersionOfCIFAR10() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.cifar10.write(folder)
    try folder.write(ExampleFiles.cifar10(labels: [9, 0]), "test_batch.bin")
    let found = try FoundData.open(folder.path)
    #expect(found.known?.name == "cifar-10")
    #expect(found.training.labels == [1, 2, 3, 4, 5])
    #expect(found.training.frame.description == "3x32x32" && found.training.classes == 10)
    let values = image(try found.training.sample(3))
    #expect(values.count == 3072)
    #expect(values[0] == 4 / 255 && values[1023] == Float((1023 + 4) % 256) / 255)
    let test = try #require(found.test)
    #expect(test.labels == [9, 0])
    #expect(image(try test.sample(1))[255] == 1)
    // The folder that the archive unpacks to may be a level below.
    let outer = try ExampleFolder()
    for part in 1...5 {
      try outer.write(
        ExampleFiles.cifar10(labels: [7]), "cifar-10-batches-bin/data_batch_\(part).bin")
    }
    #expect(try FoundData.open(outer.path).training.labels == [7, 7, 7, 7, 7])
  }

  @Test func svhnWrittenByATest() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.svhn.write(folder)
    let data = try FoundData.open(folder.path).training
    #expect(data.labels == [0, 3])
    // Column by column in the file, row by row here.
    let values = image(try data.sample(1))
    let place = 3072 + (2 * 32 + 7) * 32 + 5
    #expect(values[(2 * 32 + 5) * 32 + 7] == Float(place / 5 % 256) / 255)
  }

  @Test func svhnWrittenBySciPy() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.compressedSVHN.write(folder)
    let data = try FoundData.open(folder.path).training
    #expect(data.labels == [0, 1, 9, 5])
    for (sample, channel, row, column) in [(0, 0, 0, 0), (3, 2, 31, 17), (1, 1, 4, 30)] {
      let level = (row * 2 + column * 3 + channel * 40 + sample * 20) % 256
      #expect(
        image(try data.sample(sample))[(channel * 32 + row) * 32 + column] == Float(level) / 255)
    }
  }

  @Test func eventsOfNMNIST() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.nMNIST.write(folder)
    // Two wraps of the clock, each 2^13 microseconds.
    try folder.write(
      [3, 4, 0x80, 0, 9, 0, 240, 0, 0, 0, 5, 6, 0x01, 0x02, 0x03, 0, 240, 0, 0, 0, 1, 2, 0, 0, 0],
      "Test/0/00003.bin")
    for digit in 1..<10 { try folder.write([1, 2, 0, 0, 0], "Test/\(digit)/00003.bin") }
    let found = try FoundData.open(folder.path)
    #expect(found.training.labels == Array(0..<10))
    #expect(found.training.frame.description == "2x34x34")
    #expect(events(try found.training.sample(7)) == ExampleFiles.events(27))
    let wrapped = events(try #require(found.test).sample(0))
    #expect(
      wrapped == [
        Event(time: 9, x: 3, y: 4, isOn: true),
        Event(time: 0x10203 + 8192, x: 5, y: 6, isOn: false),
        Event(time: 16384, x: 1, y: 2, isOn: false),
      ])
  }

  @Test func trialsOfDVS128Gesture() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.dvsGesture.write(folder)
    let all = ExampleFiles.events(50, side: 128)
    let found = try FoundData.open(folder.path)
    #expect(found.training.labels == [2, 10])
    #expect(found.training.classes == 11)
    #expect(events(try found.training.sample(0)) == all.filter { $0.time < 900 })
    #expect(events(try found.training.sample(1)) == all.filter { $0.time >= 900 })
    // A clock that has wrapped once.
    let late = all.map { event in
      Event(time: event.time + 1 << 31, x: event.x, y: event.y, isOn: event.isOn)
    }
    try folder.write(ExampleFiles.aedat3(late, overflow: 1), "user01_led.aedat")
    try folder.write("class,a,b\n1,\(Int64(1) << 31),\(Int64(1) << 32)\n", "user01_led_labels.csv")
    #expect(events(try FoundData.open(folder.path).training.sample(0)) == late)
  }

  @Test(arguments: ["<f8", "<f4", "<i4", "<u2"])
  func gesturesAsTonicHasThem(type: String) throws {
    let folder = try ExampleFolder()
    // Whole milliseconds, which all types can hold.
    let all = ExampleFiles.events(30, side: 128).map { event in
      Event(time: event.time * 1000, x: event.x, y: event.y, isOn: event.isOn)
    }
    let rows = all.map { [Int($0.x), Int($0.y), $0.isOn ? 1 : 0, Int($0.time / 1000)] }
    func coded(_ value: Int) -> [UInt8] {
      switch type {
      case "<f8": ExampleFiles.bytes(Double(value).bitPattern)
      case "<f4": ExampleFiles.bytes(Float(value).bitPattern)
      case "<i4": ExampleFiles.bytes(Int32(value))
      default: ExampleFiles.bytes(UInt16(value))
      }
    }
    let rowMajor = rows.flatMap { $0.flatMap(coded) }
    let columnMajor = (0..<4).flatMap { column in rows.flatMap { coded($0[column]) } }
    try folder.write(
      ExampleFiles.npy(rowMajor, shape: "30, 4", type: type), "ibmGestureTrain/user02_lab/0.npy")
    try folder.write(
      ExampleFiles.npy(columnMajor, shape: "30, 4", type: type, order: "True"),
      "ibmGestureTrain/user02_lab/10.npy")
    let data = try FoundData.open(folder.path).training
    #expect(data.labels == [0, 10])
    for sample in 0..<2 { #expect(events(try data.sample(sample)) == all) }
  }

  @Test func recordingsOfCIFAR10DVS() throws {
    let folder = try ExampleFolder()
    try PublishedFormat.cifar10DVS.write(folder)
    let found = try FoundData.open(folder.path)
    #expect(found.training.labels == Array(0..<10) && found.test == nil)
    #expect(events(try found.training.sample(5)) == ExampleFiles.events(50, side: 128))
  }

  @Test(arguments: ["none", "lz4", "lz4high", "zstd", "zstdhigh"])
  func whatDVWrites(compression: String) throws {
    let folder = try ExampleFolder()
    try PublishedFormat.plainDV.write(folder)
    try folder.write(
      Array(try Fixture.data("dv-\(compression).aedat4")), "bird/cifar10_bird_0.aedat4")
    let recorded = events(try FoundData.open(folder.path).training.sample(2))
    let expected = (0..<120).map { index -> Event in
      let time = Int64(1_000_000 + 50 * index)
      return Event(
        time: time, x: UInt16(index % 128), y: UInt16(index * 7 % 128), isOn: index % 3 == 0)
    }
    #expect(recorded == expected)
  }
}
