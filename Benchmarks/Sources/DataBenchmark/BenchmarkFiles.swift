import Foundation
import SeededRandom

/// Writes data sets of random content: 64 samples or more in every format.
struct BenchmarkFiles {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lockstep-data-benchmark-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func bytes(_ count: Int, below limit: Int = 256) -> [UInt8] {
    var stream = RandomStream(seed: 1)
    return (0..<count).map { _ in UInt8(Int(stream.next() >> 33) % limit) }
  }

  private func big(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  private func little(_ value: Int) -> [UInt8] { big(value).reversed() }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func idx() throws -> String {
    try write(
      [0, 0, 8, 3] + big(64) + big(28) + big(28) + bytes(64 * 784),
      "idx/train-images-idx3-ubyte")
    try write([0, 0, 8, 1] + big(64) + (0..<64).map { $0 % 10 }, "idx/train-labels-idx1-ubyte")
    return path("idx")
  }

  func cifar10() throws -> String {
    for part in 1...5 {
      let records = (0..<16).flatMap { [UInt8($0 % 10)] + bytes(3072) }
      try write(records, "cifar/data_batch_\(part).bin")
    }
    return path("cifar")
  }

  func nMNIST(events: Int) throws -> String {
    let places = bytes(2 * events, below: 34)
    let file = (0..<events).flatMap { event -> [UInt8] in
      let time = event * 300_000 / events
      return [
        places[2 * event], places[2 * event + 1],
        UInt8(event % 2) << 7 | UInt8(time >> 16 & 0x7F), UInt8(time >> 8 & 0xFF),
        UInt8(time & 0xFF),
      ]
    }
    for sample in 0..<70 { try write(file, "nmnist/Train/\(sample % 10)/\(sample).bin") }
    return path("nmnist")
  }

  private func random(_ events: Int) -> [(x: Int, y: Int, isOn: Int, time: Int)] {
    var stream = RandomStream(seed: 2)
    return (0..<events).map { event in
      let bits = Int(stream.next() >> 40)
      return (bits & 127, bits >> 7 & 127, bits >> 14 & 1, event * 5)
    }
  }

  func aedat2(events: Int) throws -> String {
    var file = Array("#!AER-DAT2.0\r\n".utf8)
    for event in random(events) {
      file += big(event.x << 8 | event.y << 1 | event.isOn) + big(event.time)
    }
    let classes = [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
    for sample in 0..<70 { try write(file, "dvs/\(classes[sample % 10])/\(sample).aedat") }
    return path("dvs")
  }

  func aedat3(events: Int) throws -> String {
    var file = Array("#!AER-DAT3.1\r\n#!END-HEADER\r\n".utf8)
    let all = random(events * 12)
    for start in stride(from: 0, to: all.count, by: 4096) {
      let packet = all[start..<min(start + 4096, all.count)]
      file += [1, 0, 1, 0] + little(8) + little(4) + little(0)
      file += little(packet.count) + little(packet.count) + little(packet.count)
      for event in packet {
        file += little(event.x << 17 | event.y << 2 | event.isOn << 1 | 1) + little(event.time)
      }
    }
    var labels = "class,startTime_usec,endTime_usec\n"
    for trial in 0..<12 {
      labels += "\(trial % 11 + 1),\(trial * events * 5),\((trial + 1) * events * 5)\n"
    }
    var list = ""
    for user in 0..<6 {
      try write(file, "gesture/user\(user).aedat")
      try write(Array(labels.utf8), "gesture/user\(user)_labels.csv")
      list += "user\(user).aedat\n"
    }
    try write(Array(list.utf8), "gesture/trials_to_train.txt")
    return path("gesture")
  }

  func npy(events: Int) throws -> String {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(events), 4), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var file = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
    for event in random(events) {
      for value in [
        Double(event.x), Double(event.y), Double(event.isOn), Double(event.time) / 1000,
      ] {
        withUnsafeBytes(of: value.bitPattern) { file += $0 }
      }
    }
    for sample in 0..<66 {
      try write(file, "tonic/ibmGestureTrain/user\(sample / 11)_lab/\(sample % 11).npy")
    }
    return path("tonic")
  }
}
