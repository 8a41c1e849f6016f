import Synchronization

/// Memory in which the frames of event recordings stay from epoch to epoch, for all threads.
///
/// A recording of hundreds of thousands of events takes longer to decode than a small network takes
/// to learn it, and its frames are the same in every epoch until they are augmented: those are kept,
/// in the smallest form that is exact, up to a limit. When it is reached nothing more is added and
/// nothing is thrown out: epochs visit all samples in a new order, so that whatever were thrown out
/// is needed as soon as what takes its place. Inputs are the same to the last bit with any limit.
///
/// ```swift
/// let cache = FrameCache(limit: FrameCache.usualLimit)
/// let data = cache.keeping(try FoundData.open("n-mnist").training)
/// ```
public final class FrameCache: Sendable {
  /// 512 MiB: all of N-MNIST, DVS128 Gesture or CIFAR10-DVS in the frames that papers use.
  public static let usualLimit = 512 << 20

  /// What frames depend on besides the recording.
  struct Form: Hashable {
    let framing: EventFraming
    let size: PictureSize?
    let timeSteps: Int
  }

  private struct Key: Hashable {
    let dataSet: Int
    let sample: Int
    let form: Form
  }

  private struct State {
    var kept: [Key: CompactFrames] = [:]
    var bytes = 0
    var dataSets = 0
  }

  /// Roughly what an entry takes beside its values: its key and place, and an array's header.
  private static let overhead = 160

  private let limit: Int
  private let state = Mutex(State())

  /// Creates an empty cache.
  ///
  /// - Parameter limit: bytes that it may hold; 0 for none.
  public init(limit: Int) { self.limit = limit }

  /// Samples whose frames are kept.
  public var count: Int { state.withLock { $0.kept.count } }

  /// Bytes that are held.
  public var bytes: Int { state.withLock { $0.bytes } }

  /// The same samples, whose frames are kept; images, which cost little to read, as they are.
  public func keeping(_ data: any LabelledSamples) -> any LabelledSamples {
    guard data.kind == .events, limit > 0 else { return data }
    let number = state.withLock { state in
      state.dataSets += 1
      return state.dataSets
    }
    return CachedSamples(data: data, frameCache: Share(cache: self, dataSet: number))
  }

  /// A data set's part of a cache.
  public struct Share: Sendable {
    fileprivate let cache: FrameCache
    fileprivate let dataSet: Int

    /// The frames of a sample: those that are kept, else those that are made now.
    ///
    /// Two threads that ask for the same sample may both make its frames, which are the same.
    func frames(
      _ sample: Int, _ form: Form, make: () throws(DatasetError) -> Frames
    ) throws(DatasetError) -> Frames {
      let key = Key(dataSet: dataSet, sample: sample, form: form)
      if let kept = cache.state.withLock({ $0.kept[key] }) { return kept.frames }
      let frames = try make()
      // Without this a full cache would go on compacting what it cannot take.
      guard cache.hasRoom(for: 0) else { return frames }
      cache.keep(CompactFrames(frames), key)
      return frames
    }
  }

  private func hasRoom(for size: Int) -> Bool {
    state.withLock { $0.bytes + size + Self.overhead <= limit }
  }

  private func keep(_ frames: CompactFrames, _ key: Key) {
    let size = frames.size + Self.overhead
    state.withLock { state in
      guard state.bytes + size <= limit, state.kept[key] == nil else { return }
      state.kept[key] = frames
      state.bytes += size
    }
  }
}

/// Samples of events whose frames are kept.
struct CachedSamples: LabelledSamples {
  let data: any LabelledSamples
  let frameCache: FrameCache.Share?

  init(data: any LabelledSamples, frameCache: FrameCache.Share) {
    self.data = data
    self.frameCache = frameCache
    labels = data.labels
  }

  let labels: [Int]
  var name: String { data.name }
  var kind: SampleKind { data.kind }
  var frame: FrameShape { data.frame }
  var classes: Int { data.classes }

  func sample(_ index: Int) throws(DatasetError) -> Sample { try data.sample(index) }
}
