import Datasets
import Foundation
import TestSupport
import Testing

/// Damaged files: errors that say which record and why, never a crash.
@Suite struct DamageTests {
  private func complaint(_ format: PublishedFormat, _ content: [UInt8]) throws -> DatasetError {
    let folder = try ExampleFolder()
    try format.write(folder)
    try folder.write(content, format.damagedFile)
    let error = #expect(throws: DatasetError.self) { try PublishedFormat.decodeAll(folder) }
    return try #require(error)
  }

  @Test(arguments: PublishedFormat.allCases)
  func wholeFilesAreRead(format: PublishedFormat) throws {
    let folder = try ExampleFolder()
    try format.write(folder)
    #expect(try !PublishedFormat.decodeAll(folder).isEmpty)
  }

  /// Formats in which every cut is visible; the others may end between two records.
  @Test(arguments: [
    PublishedFormat.idx, .svhn, .compressedSVHN, .dvsGestureTonic, .cifar10,
  ])
  func cutShort(format: PublishedFormat) throws {
    let whole = try format.content()
    for length in Set([0, 1, 3, 7, 40, 130, whole.count / 3, whole.count / 2, whole.count - 1])
    where length < whole.count {
      let error = try complaint(format, Array(whole.prefix(length)))
      #expect(error.code != .invalidRequest && error.location.hasSuffix(format.damagedFile))
    }
  }

  @Test func eventsAreCutShort() throws {
    for (format, name) in [
      (PublishedFormat.nMNIST, "event 49"), (.cifar10DVS, "event 49"), (.dvsGesture, "packet"),
      (.plainDV, "packet"), (.lz4DV, "packet"), (.zstandardDV, "packet"),
    ] {
      var content = try format.content()
      // Files of DV end with a table that need not be there.
      if content.starts(with: Array("#!AER-DAT4".utf8)) {
        content.replaceSubrange(56..<64, with: ExampleFiles.bytes(Int64(-1)))
        content.removeLast(content.count - 1700)
      } else {
        content.removeLast()
      }
      let error = try complaint(format, content)
      #expect(error.code == .corrupt && error.message.contains(name), "\(format): \(error)")
    }
  }

  @Test func theRecordAtFaultIsNamed() throws {
    var labels = ExampleFiles.cifar10(labels: [1, 2, 3])
    labels[2 * 3073] = 10
    #expect(try complaint(.cifar10, labels).message.contains("record 2 is 10"))
    #expect(
      try complaint(.svhn, ExampleFiles.svhn(labels: [1, 12])).message.contains("label 1 is 12"))
    #expect(
      try complaint(.svhn, ExampleFiles.svhn(labels: [1, .nan])).message.contains("label 1 is nan"))
    #expect(
      try complaint(.svhn, ExampleFiles.svhn(labels: [1, 2], count: 3)).message
        .contains("3 images, but 2 labels"))
    let far = [Event(time: 0, x: 33, y: 33, isOn: true), Event(time: 1, x: 34, y: 0, isOn: true)]
    #expect(
      try complaint(.nMNIST, ExampleFiles.nMNIST(far)).message.contains("event 1 is at column 34"))
    let trial = "class,startTime_usec,endTime_usec\n"
    #expect(
      try complaint(.gestureLabels, Array((trial + "12,1,2\n").utf8)).message.contains("gesture 12")
    )
    #expect(
      try complaint(.gestureLabels, Array((trial + "1,5,2\n").utf8)).message.contains("line 2"))
    #expect(
      try complaint(.gestureLabels, Array((trial + "1,5\n").utf8)).message.contains("line 2"))
    #expect(try complaint(.gestureLabels, Array(trial.utf8)).message.contains("no trial"))
  }

  @Test func arraysThatAreNoEvents() throws {
    func error(_ values: [Double], _ shape: String, type: String = "<f8") throws -> String {
      try complaint(
        .dvsGestureTonic, ExampleFiles.npy(values, shape: shape, type: type)
      ).message
    }
    #expect(try error([1, 2, 0, 5, .nan, 2, 0, 5], "2, 4").contains("event 1"))
    #expect(try error([1, 2, 0, .infinity], "1, 4").contains("event 0"))
    #expect(try error([1, 2, 0.5, 1], "1, 4").contains("polarity 0.5"))
    #expect(try error([-1, 2, 0, 1], "1, 4").contains("event 0"))
    #expect(try error([1, 2, 0, 1e300], "1, 4").contains("event 0"))
    #expect(try error([1, 200, 0, 1], "1, 4").contains("row 200"))
    #expect(try error([1, 2, 0], "1, 3").contains("shape [1, 3]"))
    #expect(try error([1, 2, 0, 1], "4").contains("shape [4]"))
    #expect(try error([1, 2, 0, 1], "2, 4").contains("8 values of 8 bytes"))
    #expect(try error([1], "4611686018427387904, 4").contains("absurd"))
    #expect(try error([1, 2, 0, 1], "1, 4", type: ">f8").contains(">f8"))
    #expect(try error([1, 2, 0, 1], "1, 4", type: "|O").contains("|O"))
  }

  @Test func absurdCounts() throws {
    var packet = try PublishedFormat.dvsGesture.content()
    let first = "#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n".utf8.count
    packet.replaceSubrange(
      (first + 16)..<(first + 20), with: ExampleFiles.bytes(Int32.max))
    #expect(try complaint(.dvsGesture, packet).message.contains("packet 0"))
    packet.replaceSubrange((first + 4)..<(first + 8), with: ExampleFiles.bytes(Int32(-8)))
    #expect(try complaint(.dvsGesture, packet).message.contains("absurd"))
    var svhn = try PublishedFormat.svhn.content()
    // The number of images, in the extents of X.
    let extents = 128 + 8 + 16 + 8
    svhn.replaceSubrange((extents + 12)..<(extents + 16), with: ExampleFiles.bytes(Int32.max))
    #expect(try complaint(.svhn, svhn).code != .invalidRequest)
  }

  @Test func missingFilesSayWhereTheyComeFrom() throws {
    for known in KnownDataSet.all where known != KnownDataSet.named("digits") {
      guard known.name != "fashion-mnist" else { continue }
      let error = #expect(throws: DatasetError.self) { try FoundData.open(known.name) }
      let text = error?.description ?? ""
      #expect(text.contains(known.origin))
      for file in known.files {
        #expect(text.contains(file.name))
        if let sum = file.checksums.first { #expect(text.contains(sum)) }
      }
    }
    let folder = try ExampleFolder()
    try PublishedFormat.cifar10.write(folder)
    try FileManager.default.removeItem(atPath: folder.path + "/data_batch_4.bin")
    let part = #expect(throws: DatasetError.self) { try FoundData.open(folder.path) }
    #expect(part?.location.hasSuffix("data_batch_4.bin") == true)
    let empty = try ExampleFolder()
    #expect(throws: DatasetError.self) { try FoundData.open(empty.path) }
    #expect(throws: DatasetError.self) { try FoundData.open("/nowhere/at/all") }
    #expect(throws: DatasetError.self) { try FoundData.open("/dev/null") }
    try empty.write("nothing", "file.txt")
    #expect(throws: DatasetError.self) { try FoundData.open(empty.path + "/file.txt") }
  }

  @Test("thousands of damaged files", arguments: PublishedFormat.allCases)
  func randomDamage(format: PublishedFormat) throws {
    let folder = try ExampleFolder()
    try format.write(folder)
    let whole = try format.content()
    var random = SeededGenerator(seed: UInt64(format.rawValue.utf8.reduce(0) { $0 + Int($1) }))
    var refused = 0
    for _ in 0..<500 {
      var content = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        Self.damage(&content, &random)
      }
      try folder.write(content, format.damagedFile)
      do {
        _ = try PublishedFormat.decodeAll(folder)
      } catch let error as DatasetError {
        refused += 1
        #expect(!error.message.isEmpty && !error.location.isEmpty)
      }
    }
    // Most formats have no checksums: what is still well-formed is read.
    #expect(refused > 20)
  }

  private static func damage(_ content: inout [UInt8], _ random: inout SeededGenerator) {
    guard !content.isEmpty else { return }
    let place = Int.random(in: 0..<content.count, using: &random)
    // Headers are small, and what is damaged there matters most.
    let early = Int.random(in: 0..<min(content.count, 200), using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: content.removeLast(content.count - place)
    case 1: content[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: content[early] = UInt8.random(in: 0...255, using: &random)
    case 3:
      for index in early..<min(early + 4, content.count) { content[index] = 0xFF }
    case 4: content.insert(contentsOf: content.prefix(early), at: place)
    case 5: content.remove(at: early)
    default:
      let value = ExampleFiles.bytes(UInt32.random(in: 0...UInt32.max, using: &random))
      for (offset, byte) in value.enumerated() where early + offset < content.count {
        content[early + offset] = byte
      }
    }
  }
}
