/// Writes a value change dump (IEEE Std 1364-2005, clause 18), in the dialect that GTKWave reads:
/// with variables whose values are texts.
struct ValueChangeWriter {
  /// A variable of the dump.
  struct Variable: Hashable {
    fileprivate let code: [UInt8]
    fileprivate let kind: Kind
  }

  /// What values a variable has.
  enum Kind: Hashable {
    /// 0 or 1.
    case wire
    /// A number of so many bits, 2 or more.
    case vector(bits: Int)
    /// A real number; its values are given by their bit patterns.
    case real
    /// A word; GTKWave's extension.
    case text
  }

  private(set) var bytes: [UInt8] = []
  private var variables = 0

  mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

  // MARK: Header

  /// A remark.
  mutating func comment(_ text: String) { line("$comment \(text.replacing("$", with: "_")) $end") }

  mutating func timescale(_ unit: String) { line("$timescale \(unit) $end") }

  mutating func open(scope name: String) { line("$scope module \(Self.identifier(name)) $end") }

  mutating func closeScope() { line("$upscope $end") }

  mutating func variable(_ name: String, _ kind: Kind) -> Variable {
    let variable = Variable(code: Self.code(variables), kind: kind)
    variables += 1
    let code = String(decoding: variable.code, as: UTF8.self)
    let name = Self.identifier(name)
    switch kind {
    case .wire: line("$var wire 1 \(code) \(name) $end")
    case .vector(let bits): line("$var wire \(bits) \(code) \(name) [\(bits - 1):0] $end")
    case .real: line("$var real 64 \(code) \(name) $end")
    case .text: line("$var string 1 \(code) \(name) $end")
    }
    return variable
  }

  mutating func endDefinitions() { line("$enddefinitions $end") }

  // MARK: Values

  mutating func moment(_ time: UInt64) { line("#\(time)") }

  mutating func beginValues() { line("$dumpvars") }

  mutating func endValues() { line("$end") }

  /// A new value of a wire, vector or real number.
  mutating func set(_ variable: Variable, _ value: UInt64) {
    switch variable.kind {
    case .wire: bytes.append(value == 0 ? 0x30 : 0x31)
    case .real:
      bytes.append(UInt8(ascii: "r"))
      bytes.append(contentsOf: "\(Double(bitPattern: value))".utf8)
      bytes.append(UInt8(ascii: " "))
    case .vector, .text:
      bytes.append(UInt8(ascii: "b"))
      bytes.append(contentsOf: String(value, radix: 2).utf8)
      bytes.append(UInt8(ascii: " "))
    }
    bytes.append(contentsOf: variable.code)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A new value of a text.
  mutating func set(_ variable: Variable, _ word: [UInt8]) {
    bytes.append(UInt8(ascii: "s"))
    bytes.append(contentsOf: word)
    bytes.append(UInt8(ascii: " "))
    bytes.append(contentsOf: variable.code)
    bytes.append(UInt8(ascii: "\n"))
  }

  // MARK: Words

  private mutating func line(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The format's short names: printable characters from ! to ~.
  private static func code(_ number: Int) -> [UInt8] {
    var code: [UInt8] = []
    var rest = number
    repeat {
      code.append(UInt8(33 + rest % 94))
      rest = rest / 94 - 1
    } while rest >= 0
    return code
  }

  /// A name without what the format cannot have in one: `compression engine` is `compression_engine`.
  static func identifier(_ name: String) -> String {
    let allowed = name.map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "_")
        ? character : "_"
    }
    let word = String(allowed)
    return word.first.map { $0.isNumber ? "_" + word : word } ?? "_"
  }
}
