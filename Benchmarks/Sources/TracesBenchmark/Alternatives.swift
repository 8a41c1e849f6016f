import CZstdReference
import SpikeTraces

/// A simpler way to store planes: bytes that zstd then compresses.
protocol PlaneFormat {
  /// Bytes of content that planes need at most.
  func bound(_ planes: SpikePlanes) -> Int
  /// Writes planes; returns the bytes.
  func encode(_ planes: SpikePlanes, into content: UnsafeMutableRawBufferPointer) -> Int
  /// Reads planes.
  func decode(_ content: UnsafeRawBufferPointer, into planes: inout SpikePlanes)
}

/// One bit a neuron and step.
struct PlainBits: PlaneFormat {
  func bound(_ planes: SpikePlanes) -> Int { planes.words.count * 8 }

  func encode(_ planes: SpikePlanes, into content: UnsafeMutableRawBufferPointer) -> Int {
    planes.withUnsafeWords { words in
      content.copyMemory(from: UnsafeRawBufferPointer(words))
      return words.count * 8
    }
  }

  func decode(_ content: UnsafeRawBufferPointer, into planes: inout SpikePlanes) {
    planes.withUnsafeMutableWords { UnsafeMutableRawBufferPointer($0).copyMemory(from: content) }
  }
}

/// Per step a 32-bit count, then a 16-bit address a spike.
struct ShortAddresses: PlaneFormat {
  func bound(_ planes: SpikePlanes) -> Int { planes.timeSteps * 4 + planes.spikeCount * 2 }

  func encode(_ planes: SpikePlanes, into content: UnsafeMutableRawBufferPointer) -> Int {
    planes.withUnsafeWords { words in
      var offset = 0
      for timeStep in 0..<planes.timeSteps {
        let start = offset
        offset += 4
        for index in 0..<planes.wordsPerPlane {
          var word = words[timeStep * planes.wordsPerPlane + index]
          while word != 0 {
            let address = UInt16(
              truncatingIfNeeded: index &* 64 &+ word.trailingZeroBitCount)
            content.storeBytes(of: address, toByteOffset: offset, as: UInt16.self)
            offset &+= 2
            word &= word &- 1
          }
        }
        content.storeBytes(
          of: UInt32((offset - start - 4) / 2), toByteOffset: start, as: UInt32.self)
      }
      return offset
    }
  }

  func decode(_ content: UnsafeRawBufferPointer, into planes: inout SpikePlanes) {
    planes.removeAllSpikes()
    let wordsPerPlane = planes.wordsPerPlane
    let timeSteps = planes.timeSteps
    planes.withUnsafeMutableWords { words in
      var offset = 0
      for timeStep in 0..<timeSteps {
        let count = Int(content.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        offset += 4
        for _ in 0..<count {
          let address = Int(content.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
          words[timeStep &* wordsPerPlane &+ address >> 6] |= 1 &<< UInt64(address & 63)
          offset &+= 2
        }
      }
    }
  }
}

/// Measures a simpler format, in memory, one zstd frame a sample, level 1 with checksum.
func measureZstandard(
  _ samples: [SpikePlanes], _ format: some PlaneFormat, runs: Int
) throws -> Measurement {
  guard let compressor = ZSTD_createCCtx(), let decompressor = ZSTD_createDCtx() else {
    fatalError("no memory for the zstd library")
  }
  defer {
    ZSTD_freeCCtx(compressor)
    ZSTD_freeDCtx(decompressor)
  }
  ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, 1)
  ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1)
  let bound = samples.map(format.bound).max() ?? 0
  let content = UnsafeMutableRawBufferPointer.allocate(byteCount: bound, alignment: 64)
  defer { content.deallocate() }
  let frameBound = ZSTD_compressBound(bound)
  let frames = samples.map { _ in
    UnsafeMutableRawBufferPointer.allocate(byteCount: frameBound, alignment: 64)
  }
  defer { for frame in frames { frame.deallocate() } }
  var lengths = samples.map { _ in 0 }
  let writeSeconds = leastSeconds(runs) {
    for (index, sample) in samples.enumerated() {
      let count = format.encode(sample, into: content)
      lengths[index] = ZSTD_compress2(
        compressor, frames[index].baseAddress, frameBound, content.baseAddress, count)
    }
  }
  var planes = SpikePlanes(timeSteps: samples[0].timeSteps, neurons: samples[0].neurons)
  func decode(_ index: Int) {
    let count = ZSTD_decompressDCtx(
      decompressor, content.baseAddress, bound, frames[index].baseAddress, lengths[index])
    format.decode(UnsafeRawBufferPointer(rebasing: content[..<count]), into: &planes)
  }
  for (index, sample) in samples.enumerated() {
    decode(index)
    guard planes == sample else { fatalError("a format does not read what it wrote") }
  }
  let readSeconds = leastSeconds(runs) {
    for index in samples.indices { decode(index) }
  }
  return Measurement(
    bytes: lengths.reduce(0, +), writeSeconds: writeSeconds, readSeconds: readSeconds)
}
