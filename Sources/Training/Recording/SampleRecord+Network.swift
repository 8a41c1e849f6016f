import SpikeTraces
import SpikingNetworks

extension SampleRecord {
  /// What a network did with a sample.
  ///
  /// - Parameters:
  ///   - sample: the sample's identity.
  ///   - label: its class.
  ///   - plan: the network.
  ///   - extent: of its output.
  ///   - slot: the sample's place in a workspace, after the run.
  ///   - readsSpikes: whether the network's input is spikes; values are not recorded.
  init(
    _ sample: Int, label: Int, plan: NetworkPlan, extent: OutputExtent,
    slot: WorkspaceSlot, readsSpikes: Bool
  ) {
    let workspace = slot.workspace
    self.init(
      id: UInt64(sample), label: label,
      prediction: SpikeLoss.prediction(
        extent, spikes: workspace.input(ofLayer: plan.layers.count, slot: slot.index)),
      boundaries: (0...plan.layers.count).map { boundary in
        let shape = boundary == 0 ? plan.input : plan.layers[boundary - 1].shape.output
        guard boundary > 0 || readsSpikes else {
          return SpikePlanes(timeSteps: plan.timeSteps, neurons: shape.count)
        }
        return SpikePlanes(
          workspace.input(ofLayer: boundary, slot: slot.index), shape: shape,
          timeSteps: plan.timeSteps)
      })
  }
}

extension SpikePlanes {
  /// Packs channels-last frames into channels-first planes.
  fileprivate init(
    _ frames: UnsafePointer<Float>, shape: FeatureShape, timeSteps: Int
  ) {
    self.init(timeSteps: timeSteps, neurons: shape.count)
    let stride = wordsPerPlane
    let (channels, pixels) = (shape.channels, shape.pixels)
    let isRow = channels == 1 || pixels == 1
    withUnsafeMutableWords { words in
      guard let start = words.baseAddress else { return }
      for step in 0..<timeSteps {
        let frame = frames + step * channels * pixels
        let plane = start + step * stride
        if isRow {
          Self.packRow(frame, count: shape.count, into: plane)
        } else {
          Self.packPicture(frame, channels: channels, pixels: pixels, into: plane)
        }
      }
    }
  }

  /// Packs values that lie in the order of the bits.
  private static func packRow(
    _ values: UnsafePointer<Float>, count: Int, into plane: UnsafeMutablePointer<UInt64>
  ) {
    let whole = count / 32 * 32
    for place in Swift.stride(from: 0, to: whole, by: 32) {
      plane[place &>> 6] |= pack32(values + place) &<< UInt64(truncatingIfNeeded: place & 32)
    }
    for place in whole..<count { pack(values[place], at: place, into: plane) }
  }

  /// Packs a channels-last picture, eight channels at a time and what is left of them one by one.
  private static func packPicture(
    _ frame: UnsafePointer<Float>, channels: Int, pixels: Int,
    into plane: UnsafeMutablePointer<UInt64>
  ) {
    let together = channels / 8 * 8
    for channel in Swift.stride(from: 0, to: together, by: 8) {
      packEight(frame, channel, channels: channels, pixels: pixels, into: plane)
    }
    for channel in together..<channels {
      for pixel in 0..<pixels {
        pack(frame[pixel &* channels &+ channel], at: channel &* pixels &+ pixel, into: plane)
      }
    }
  }

  /// Packs one value.
  @inline(__always)
  private static func pack(
    _ value: Float, at place: Int, into plane: UnsafeMutablePointer<UInt64>
  ) {
    // Spikes come at random: a branch for each would be mispredicted too often.
    let bit: UInt64 = value != 0 ? 1 : 0
    plane[place &>> 6] |= bit &<< UInt64(truncatingIfNeeded: place & 63)
  }

  /// Packs 32 values that lie in the order of the bits.
  private static func pack32(_ values: UnsafePointer<Float>) -> UInt64 {
    var bits = SIMD8<UInt32>.zero
    var bit = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
    for first in Swift.stride(from: 0, to: 32, by: 8) {
      let eight = UnsafeRawPointer(values + first).loadUnaligned(as: SIMD8<Float>.self)
      bits.replace(with: bits | bit, where: eight .!= 0)
      bit = bit &<< 8
    }
    let four = bits.lowHalf | bits.highHalf
    let two = four.lowHalf | four.highHalf
    return UInt64(two.x | two.y)
  }

  /// Packs channels `first` to `first + 7` of a step.
  private static func packEight(
    _ frame: UnsafePointer<Float>, _ first: Int, channels: Int, pixels: Int,
    into plane: UnsafeMutablePointer<UInt64>
  ) {
    for start in Swift.stride(from: 0, to: pixels, by: 32) {
      var bits = SIMD8<UInt32>.zero
      var bit = SIMD8<UInt32>(repeating: 1)
      for pixel in start..<min(start + 32, pixels) {
        let values = UnsafeRawPointer(frame + (pixel &* channels &+ first))
          .loadUnaligned(as: SIMD8<Float>.self)
        bits.replace(with: bits | bit, where: values .!= 0)
        bit = bit &<< 1
      }
      for lane in 0..<8 where bits[lane] != 0 {
        let place = (first &+ lane) &* pixels &+ start
        let shift = UInt64(truncatingIfNeeded: place & 63)
        let word = UInt64(bits[lane])
        plane[place &>> 6] |= word &<< shift
        // The 32 bits may reach into the next word.
        let rest = shift > 32 ? word &>> (64 &- shift) : 0
        if rest != 0 { plane[place &>> 6 &+ 1] |= rest }
      }
    }
  }
}

extension NetworkPlan {
  /// Checks that every boundary holds spikes.
  ///
  /// - Throws: ``TrainingError`` (`recording`) that names the layer.
  func checkRecordable() throws(TrainingError) {
    guard
      let layer = layers.first(where: { $0.pooling == .afterNeuron && $0.poolsAverage })
    else { return }
    throw TrainingError(
      .recording, "the average of spikes is not a spike, and a trace holds spikes only",
      remedy: "pool the currents before the neurons, or take the maximum",
      location: "layer \(layer.name)")
  }
}
