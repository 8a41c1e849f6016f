import Foundation
import Testing

/// A value change dump as its viewer understands it: variables and when they change.
struct WaveReader {
  struct Variable: Equatable {
    var kind: String
    /// Values as they are written: `1`, `101`, `encode`.
    var changes: [Change] = []

    func value(at time: UInt64) -> String? { changes.last { $0.time <= time }?.value }
  }

  struct Change: Equatable {
    let time: UInt64
    let value: String
  }

  private(set) var unit = ""
  /// By path: `sample.conv1.compression_engine.state`.
  private(set) var variables: [String: Variable] = [:]
  private(set) var end: UInt64 = 0

  init(_ data: Data) throws {
    var scopes: [String] = []
    var names: [String: [String]] = [:]
    var isHeader = true
    var header: [Substring] = []
    for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
      var words = line.split(whereSeparator: \.isWhitespace)
      if isHeader {
        header += words
        guard words.last == "$end" else { continue }
        words = header
        header = []
      }
      guard let first = words.first else { continue }
      switch first {
      case "$timescale": unit = words[1..<words.count - 1].joined()
      case "$scope": scopes.append(String(words[2]))
      case "$upscope": scopes.removeLast()
      case "$var":
        let path = (scopes + [String(words[4])]).joined(separator: ".")
        #expect(variables[path] == nil, "\(path) is declared twice")
        variables[path] = Variable(kind: String(words[1]))
        names[String(words[3]), default: []].append(path)
      case "$enddefinitions": isHeader = false
      case _ where isHeader || first.hasPrefix("$"): break
      case _ where first.hasPrefix("#"):
        let time = try #require(UInt64(first.dropFirst()))
        #expect(time >= end, "time runs backwards")
        end = time
      default:
        let isLong = words.count == 2
        let value = isLong ? String(first.dropFirst()) : String(first.prefix(1))
        let code = isLong ? String(words[1]) : String(first.dropFirst())
        for path in try #require(names[code], "a value of nothing that was declared") {
          set(path, value)
        }
      }
    }
    #expect(scopes.isEmpty)
  }

  private mutating func set(_ path: String, _ value: String) {
    // Leading zeros are a matter of taste.
    let digits = value.drop { $0 == "0" }
    let word = digits.isEmpty && !value.isEmpty ? "0" : String(digits)
    let last = variables[path]?.changes.last
    if last?.time == end { variables[path]?.changes.removeLast() }
    if variables[path]?.changes.last?.value != word {
      variables[path]?.changes.append(Change(time: end, value: word))
    }
  }
}
