import Accelerator
import TestSupport

extension ConvolutionOptions {
  /// Options of every kind, each of which is more often published than not.
  static func random(
    inputChannels: Int, using random: inout SeededGenerator
  ) -> ConvolutionOptions {
    var options = ConvolutionOptions()
    if Bool.random(using: &random) { options.listBuffers = Int.random(in: 1...5, using: &random) }
    options.splitsLists = Int.random(in: 0...2, using: &random) == 0
    if Bool.random(using: &random) { options.writerQueue = Int.random(in: 0...3, using: &random) }
    options.membranePorts = Int.random(in: 0...3, using: &random) == 0 ? 1 : 2
    if Bool.random(using: &random) { options.memoryLatency = Int.random(in: 1...6, using: &random) }
    if Bool.random(using: &random) {
      options.eventControllers = Int.random(in: 1...inputChannels, using: &random)
    }
    return options
  }
}
