import SpikingNetworks

/// A 64-bit digest of numbers and text, for telling contents apart and noticing damage.
///
/// Each word goes through the finaliser of SplitMix64 (Steele, Lea, Flood, *Fast splittable
/// pseudorandom number generators*, OOPSLA 2014). It guards against accidents, not against forgery.
package struct Fingerprint {
  package private(set) var value: UInt64 = 0x243F_6A88_85A3_08D3

  /// Creates the digest of nothing.
  package init() {}

  mutating func add(_ word: UInt64) {
    var bits = value &* 0x9E37_79B9_7F4A_7C15 ^ word
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    value = bits ^ (bits >> 31)
  }

  /// Adds a text.
  package mutating func add(_ text: String) { add(bytes: text.utf8) }

  /// Adds the content of a file.
  package mutating func add(bytes: some Collection<UInt8>) {
    add(UInt64(bytes.count))
    for byte in bytes { add(UInt64(byte)) }
  }

  mutating func add(_ numbers: [Int]) {
    add(UInt64(numbers.count))
    for number in numbers { add(UInt64(bitPattern: Int64(number))) }
  }

  mutating func add(_ values: [Float]) {
    add(UInt64(values.count))
    for value in values { add(UInt64(value.bitPattern)) }
  }

  /// Sixteen hexadecimal digits.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension SpikingNetwork {
  /// A digest of all parameters and neuron constants: equal networks have equal ones.
  public var fingerprint: String {
    var digest = Fingerprint()
    for tensor in weights.tensors {
      digest.add(tensor.name)
      digest.add(tensor.values)
    }
    for layer in description.layers {
      digest.add([layer.neuron.model.decay, layer.neuron.threshold])
    }
    return digest.text
  }
}
