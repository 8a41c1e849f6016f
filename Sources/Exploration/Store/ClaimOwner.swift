import Foundation
import Glibc

/// Who claims points in a store: this process, in a way that others can see whether it is still there.
struct ClaimOwner: Sendable {
  /// How long a claim counts after its last sign of life, s: its owner may be on another machine.
  static let lifetime: TimeInterval = 300
  /// How often owners show that they are there, s.
  static let heartbeat: TimeInterval = 30

  /// Different for every opened store.
  let identifier = UUID().uuidString
  let host = Self.hostName
  let process = getpid()
  let processStart = Self.start(of: getpid()) ?? ""
  /// Where process numbers mean anything: the boot of the machine, and the container.
  let processSpace = Self.space

  /// Whether the process of a claim is certainly gone.
  ///
  /// - Parameters:
  ///   - process: its number.
  ///   - start: when it was started, as the claim says.
  ///   - space: where its number means anything.
  /// - Returns: whether it is gone; if that cannot be seen from here, it is not.
  func isGone(process: Int32, start: String, space: String) -> Bool {
    space == processSpace && Self.start(of: process) != start
  }

  // Foundation would ask the network for a longer name.
  private static let hostName: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "?" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  private static let space: String = {
    let boot =
      (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    let container =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid"))
    return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + (container ?? "")
  }()

  /// When a process was started, in the kernel's words; nil if there is none.
  ///
  /// Numbers of processes are given again; together with the start they are not.
  private static func start(of process: Int32) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    // proc(5): the name of the program is field 2, the state 3, the start 22.
    let fields = text[name...].split(separator: " ")
    guard fields.count > 20, !["Z", "X"].contains(fields[1]) else { return nil }
    return String(fields[20])
  }
}
