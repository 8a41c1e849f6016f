import Datasets
import Foundation
import TestSupport

/// Bytes of small files in the formats that data sets are published in.
enum ExampleFiles {
  /// Events in the order of their times, on a sensor of so many pixels each way.
  static func events(_ count: Int, side: UInt16 = 34, from start: Int64 = 0) -> [Event] {
    (0..<count).map { index -> Event in
      let time = start + Int64(index * 37 + index % 5)
      let x = UInt16(index * 7) % side
      let y = UInt16(index * 11) % side
      return Event(time: time, x: x, y: y, isOn: index % 3 == 0)
    }
  }

  static func bytes<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value) { Array($0) }
  }

  /// CIFAR-10: images whose values count up from their label.
  static func cifar10(labels: [UInt8]) -> [UInt8] {
    labels.flatMap { label in [label] + (0..<3072).map { UInt8(truncatingIfNeeded: $0) &+ label } }
  }

  static func nMNIST(_ events: [Event]) -> [UInt8] {
    events.flatMap { event in
      [
        UInt8(event.x), UInt8(event.y), UInt8(event.time >> 16 & 0x7F) | (event.isOn ? 0x80 : 0),
        UInt8(event.time >> 8 & 0xFF), UInt8(event.time & 0xFF),
      ]
    }
  }

  static func aedat2(_ events: [Event]) -> [UInt8] {
    Array("#!AER-DAT2.0\r\n# This is a raw AE data file\r\n".utf8)
      + events.flatMap { event in
        let address =
          UInt32(127 - event.x) << 8 | UInt32(127 - event.y) << 1 | (event.isOn ? 0 : 1)
        return bytes(address.bigEndian) + bytes(UInt32(event.time).bigEndian)
      }
  }

  /// AEDAT 3.1 in packets of 16 events, with a packet of another type in front.
  static func aedat3(_ events: [Event], overflow: Int32 = 0) -> [UInt8] {
    var result = Array("#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n".utf8)
    func header(type: Int16, size: Int32, count: Int32) -> [UInt8] {
      bytes(type) + bytes(Int16(1)) + bytes(size) + bytes(Int32(4)) + bytes(overflow)
        + bytes(count) + bytes(count) + bytes(count)
    }
    result += header(type: 0, size: 12, count: 1) + [UInt8](repeating: 7, count: 12)
    for start in stride(from: 0, to: events.count, by: 16) {
      let packet = events[start..<min(start + 16, events.count)]
      result += header(type: 1, size: 8, count: Int32(packet.count))
      for event in packet {
        let data = UInt32(event.x) << 17 | UInt32(event.y) << 2 | (event.isOn ? 3 : 1)
        result += bytes(data) + bytes(UInt32(event.time & 0x7FFF_FFFF))
      }
    }
    return result
  }

  /// A `.npy` array of doubles.
  static func npy(
    _ values: [Double], shape: String, type: String = "<f8", order: String = "False"
  ) -> [UInt8] {
    npy(
      values.flatMap { bytes($0.bitPattern) }, shape: shape, type: type, order: order)
  }

  static func npy(
    _ content: [UInt8], shape: String, type: String, order: String = "False"
  ) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + bytes(UInt16(118)) + Array(header.utf8) + content
  }

  /// Rows of column, row, polarity and milliseconds, as Tonic has them.
  static func gesture(_ events: [Event]) -> [UInt8] {
    npy(
      events.flatMap { [Double($0.x), Double($0.y), $0.isOn ? 1 : 0, Double($0.time) / 1000] },
      shape: "\(events.count), 4")
  }

  /// A MATLAB 5 file with SVHN's variables, not compressed; values count up in memory order.
  static func svhn(labels: [Double], count: Int? = nil) -> [UInt8] {
    let count = count ?? labels.count
    func element(_ type: UInt32, _ content: [UInt8]) -> [UInt8] {
      bytes(type) + bytes(UInt32(content.count)) + content
        + [UInt8](repeating: 0, count: (8 - content.count % 8) % 8)
    }
    func matrix(
      _ name: String, _ kind: UInt32, _ extents: [Int32], _ type: UInt32, _ content: [UInt8]
    ) -> [UInt8] {
      element(
        14,
        element(6, bytes(kind) + bytes(UInt32(0))) + element(5, extents.flatMap(bytes))
          + element(1, Array(name.utf8)) + element(type, content))
    }
    var header = Array("MATLAB 5.0 MAT-file, written by a test".utf8)
    header += [UInt8](repeating: 0x20, count: 116 - header.count)
    header += [UInt8](repeating: 0, count: 8) + [0, 1] + Array("IM".utf8)
    let values = (0..<(3072 * count)).map { UInt8(truncatingIfNeeded: $0 / 5) }
    return header + matrix("X", 9, [32, 32, 3, Int32(count)], 2, values)
      + matrix(
        "y", 6, [Int32(labels.count), 1], 9, labels.flatMap { bytes($0.bitPattern) })
  }
}

/// A folder that looks like that of a published data set.
struct ExampleFolder {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.url.path }

  func write(_ content: [UInt8], _ name: String) throws {
    let url = folder.url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url)
  }

  func write(_ text: String, _ name: String) throws { try write(Array(text.utf8), name) }
}
