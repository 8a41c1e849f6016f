import SpikingKernels
import SpikingNetworks

/// The batch statistics of one layer's currents on their way through a batch, forward and back.
///
/// Every chunk of the batch adds to sums of its own; they are added up in the chunks' order, so that
/// the result does not depend on the threads.
final class BatchNormaliser {
  /// The map that normalises the batch at hand.
  private(set) var affine: AffineChannels?
  /// dL/d(scale), then dL/d(shift).
  private(set) var gradient: [Float] = []

  private let layer: LayerPlan
  private let normalisation: LayerDescription.BatchNormalisation
  private let scale: Int
  private let channels: Int
  private let pixels: Int
  private var sums: [[Double]] = []
  private var mean: [Double] = []
  private var variance: [Double] = []
  private var values = 0
  /// Of the way back: factors of gradient and current, and the constant.
  private var factors: [[Float]] = []

  init?(_ layer: LayerPlan, timeSteps: Int) {
    guard let normalisation = layer.normalisation, let scale = layer.places.scale else {
      return nil
    }
    self.layer = layer
    self.normalisation = normalisation
    self.scale = scale
    channels = layer.geometry.outputChannels
    pixels = timeSteps * layer.shape.convolved.pixels
  }

  /// Forgets the last batch's sums.
  func begin(chunks: Int) {
    sums = Array(repeating: Array(repeating: 0, count: 2 * channels), count: max(1, chunks))
  }

  /// Calls `body` with the sums of every chunk, which only that chunk's task may touch.
  func withSums(_ body: (_ sumsOfChunk: (Int) -> UnsafeMutablePointer<Double>) -> Void) {
    var flat = sums.flatMap(\.self)
    flat.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      body { start + $0 * 2 * channels }
    }
    for chunk in sums.indices {
      sums[chunk] = Array(flat[(chunk * 2 * channels)..<((chunk + 1) * 2 * channels)])
    }
  }

  /// Adds one sample's currents.
  func add(_ currents: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Double>) {
    ChannelKernels.addMoments(
      currents, pixels: pixels, channels: channels, sums: sums, squares: sums + channels)
  }

  /// Adds one sample's gradients of the normalised currents.
  func add(
    gradient: UnsafePointer<Float>, currents: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    ChannelKernels.addProducts(
      gradient, currents, pixels: pixels, channels: channels, sums: sums,
      products: sums + channels)
  }

  /// The batch's statistics from the sums of its currents.
  func finishForward(samples: Int, parameters: UnsafePointer<Float>) {
    values = samples * pixels
    let total = totals()
    mean = (0..<channels).map { total[$0] / Double(values) }
    variance = (0..<channels).map { channel in
      max(0, total[channels + channel] / Double(values) - mean[channel] * mean[channel])
    }
    affine = AffineChannels(
      scale: parameters + scale, shift: parameters + (scale + channels), channels: channels,
      mean: { mean[$0] }, variance: { variance[$0] }, epsilon: normalisation.epsilon)
  }

  /// The gradients of scale and shift, and the factors of ``apply(_:currents:)``.
  func finishBackward(parameters: UnsafePointer<Float>) {
    let total = totals()
    var onScale: [Float] = []
    var onShift: [Float] = []
    factors = [[], [], []]
    let count = Double(values)
    for channel in 0..<channels {
      let inverse = 1 / (variance[channel] + Double(normalisation.epsilon)).squareRoot()
      let shiftGradient = total[channel]
      let scaleGradient =
        inverse * (total[channels + channel] - mean[channel] * shiftGradient)
      let factor = Double(parameters[scale + channel]) * inverse
      let slope = -factor * inverse * scaleGradient / count
      factors[0].append(Float(factor))
      factors[1].append(Float(slope))
      factors[2].append(Float(-factor * shiftGradient / count - slope * mean[channel]))
      onScale.append(Float(scaleGradient))
      onShift.append(Float(shiftGradient))
    }
    gradient = onScale + onShift
  }

  /// From dL/d(normalised currents) to dL/d(currents) of one sample, in place.
  func apply(_ gradient: UnsafeMutablePointer<Float>, currents: UnsafePointer<Float>) {
    ChannelKernels.combine(
      gradient, value: currents, pixels: pixels, channels: channels, scale: factors[0],
      slope: factors[1], shift: factors[2])
  }

  /// Moves the running mean and (unbiased) variance towards the batch's.
  func updateStatistics(_ parameters: inout [Float]) {
    guard let place = layer.places.statistics, values > 0 else { return }
    let weight = normalisation.momentum
    let correction = Double(values) / Double(max(1, values - 1))
    for channel in 0..<channels {
      let (first, second) = (place + channel, place + channels + channel)
      parameters[first] = (1 - weight) * parameters[first] + weight * Float(mean[channel])
      parameters[second] =
        (1 - weight) * parameters[second] + weight * Float(variance[channel] * correction)
    }
  }

  private func totals() -> [Double] {
    sums.reduce(into: [Double](repeating: 0, count: 2 * channels)) { total, chunk in
      for index in total.indices { total[index] += chunk[index] }
    }
  }
}
