import Accelerator
import Foundation

/// Look-up tables around a priority encoder.
package enum EncoderCost {
  /// Those of the encoder alone: 1.156 a bit.
  package static func tables(width: Int) -> Double { 1.1561 * Double(width) }

  /// P log2(odd(P)): what dividing by a width that is no power of two costs the address arithmetic
  /// around an encoder; 0 for a power of two.
  package static func oddWidth(_ width: Int) -> Double {
    let odd = width >> width.trailingZeroBitCount
    return Double(width) * log2(Double(odd))
  }
}
