import EventSimulation

/// Writes tracks and events of a Perfetto trace, one packet after another.
struct PerfettoWriter {
  /// A word that is written once and goes by its number from then on.
  struct Word {
    fileprivate let number: UInt64
  }

  /// What words are for: the field that lists them.
  enum Vocabulary: Int, CaseIterable {
    case categories, names, arguments
  }

  private typealias Schema = PerfettoSchema

  private var trace = ProtobufMessage()
  private let clock: Double
  private var words = Vocabulary.allCases.map { _ in [String: UInt64]() }
  /// Words that the next packet has to introduce.
  private var newWords: [(vocabulary: Vocabulary, number: UInt64, word: String)] = []
  private var isFirst = true
  private var tracks: UInt64 = 0

  /// - Parameters:
  ///   - clock: hertz.
  ///   - capacity: bytes to make room for.
  init(clock: Double, capacity: Int) {
    self.clock = clock
    trace.reserve(capacity)
  }

  var bytes: [UInt8] { trace.bytes }

  /// The nanosecond in which a cycle begins.
  func nanoseconds(_ cycle: Cycle) -> UInt64 {
    UInt64((Double(cycle) * 1e9 / clock).rounded())
  }

  /// The number of a word.
  mutating func word(_ word: String, in vocabulary: Vocabulary) -> Word {
    if let known = words[vocabulary.rawValue][word] { return Word(number: known) }
    let number = UInt64(words[vocabulary.rawValue].count + 1)
    words[vocabulary.rawValue][word] = number
    newWords.append((vocabulary, number, word))
    return Word(number: number)
  }

  // MARK: Tracks

  /// A group of tracks: to Perfetto, a process.
  mutating func addProcess(
    _ name: String, number: UInt64, label: String, description: String
  ) -> UInt64 {
    track { track in
      track.number(Schema.TrackDescriptor.childOrdering, Schema.TrackDescriptor.explicitOrdering)
      track.text(Schema.TrackDescriptor.description, description)
      track.message(Schema.TrackDescriptor.process) {
        $0.number(Schema.ProcessDescriptor.process, number)
        $0.text(Schema.ProcessDescriptor.name, name)
        $0.text(Schema.ProcessDescriptor.labels, label)
      }
    }
  }

  /// A track of slices: to Perfetto, a thread.
  mutating func addThread(
    _ name: String, number: UInt64, of process: UInt64, in parent: UInt64, description: String
  ) -> UInt64 {
    track { track in
      track.number(Schema.TrackDescriptor.parent, parent)
      track.number(Schema.TrackDescriptor.siblingOrderRank, number)
      track.text(Schema.TrackDescriptor.description, description)
      track.message(Schema.TrackDescriptor.thread) {
        $0.number(Schema.ThreadDescriptor.process, process)
        $0.number(Schema.ThreadDescriptor.thread, number)
        $0.text(Schema.ThreadDescriptor.name, name)
      }
    }
  }

  /// A track of numbers.
  mutating func addCounter(_ name: String, unit: String, in parent: UInt64) -> UInt64 {
    track { track in
      track.number(Schema.TrackDescriptor.parent, parent)
      track.text(Schema.TrackDescriptor.name, name)
      track.message(Schema.TrackDescriptor.counter) {
        $0.text(Schema.CounterDescriptor.unitName, unit)
      }
    }
  }

  private mutating func track(_ describe: (inout ProtobufMessage) -> Void) -> UInt64 {
    tracks += 1
    let identifier = tracks
    packet { packet in
      packet.message(Schema.TracePacket.trackDescriptor) {
        $0.number(Schema.TrackDescriptor.identifier, identifier)
        describe(&$0)
      }
    }
    return identifier
  }

  // MARK: Events

  /// A slice.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - category: what it can be searched by.
  ///   - span: its cycles.
  ///   - track: where it is drawn.
  ///   - leaving: arrows that begin in it.
  ///   - arriving: arrows that end in it.
  ///   - arguments: adds the values to show beside it.
  mutating func slice(
    _ name: Word, category: Word, _ span: Range<Cycle>, on track: UInt64,
    leaving: ArraySlice<UInt64> = [], arriving: ArraySlice<UInt64> = [],
    arguments: (inout ProtobufMessage) -> Void
  ) {
    event(Schema.TrackEvent.sliceBegin, at: span.lowerBound, on: track) { event in
      event.number(Schema.TrackEvent.categoryIdentifiers, category.number)
      event.number(Schema.TrackEvent.nameIdentifier, name.number)
      arguments(&event)
      for flow in leaving { event.fixed(Schema.TrackEvent.flows, flow) }
      for flow in arriving { event.fixed(Schema.TrackEvent.terminatingFlows, flow) }
    }
    event(Schema.TrackEvent.sliceEnd, at: span.upperBound, on: track) { _ in }
  }

  /// A new value of a counter.
  mutating func value(_ value: Double, at cycle: Cycle, on track: UInt64) {
    event(Schema.TrackEvent.counter, at: cycle, on: track) {
      $0.double(Schema.TrackEvent.doubleCounterValue, value)
    }
  }

  private mutating func event(
    _ type: UInt64, at cycle: Cycle, on track: UInt64, _ write: (inout ProtobufMessage) -> Void
  ) {
    let time = nanoseconds(cycle)
    packet { packet in
      packet.number(Schema.TracePacket.timestamp, time)
      packet.message(Schema.TracePacket.trackEvent) {
        $0.number(Schema.TrackEvent.type, type)
        $0.number(Schema.TrackEvent.track, track)
        write(&$0)
      }
    }
  }

  private mutating func packet(_ write: (inout ProtobufMessage) -> Void) {
    let flags =
      Schema.TracePacket.needsIncrementalState
      | (isFirst ? Schema.TracePacket.incrementalStateCleared : 0)
    isFirst = false
    let words = newWords
    newWords = []
    trace.message(Schema.Trace.packet) { packet in
      packet.number(Schema.TracePacket.trustedPacketSequence, 1)
      packet.number(Schema.TracePacket.sequenceFlags, flags)
      if !words.isEmpty {
        packet.message(Schema.TracePacket.internedData) { data in
          for (vocabulary, number, word) in words {
            data.message(vocabulary.field) {
              $0.number(Schema.InternedData.identifier, number)
              $0.text(Schema.InternedData.name, word)
            }
          }
        }
      }
      write(&packet)
    }
  }
}

/// Values that are shown beside an event.
extension ProtobufMessage {
  mutating func add(_ name: PerfettoWriter.Word, _ value: UInt64) {
    argument(name) { $0.number(PerfettoSchema.DebugAnnotation.unsignedValue, value) }
  }

  mutating func add(_ name: PerfettoWriter.Word, _ value: String) {
    argument(name) { $0.text(PerfettoSchema.DebugAnnotation.textValue, value) }
  }

  mutating func add(_ name: PerfettoWriter.Word, _ value: Double) {
    argument(name) { $0.double(PerfettoSchema.DebugAnnotation.doubleValue, value) }
  }

  private mutating func argument(
    _ name: PerfettoWriter.Word, _ write: (inout ProtobufMessage) -> Void
  ) {
    message(PerfettoSchema.TrackEvent.debugAnnotations) {
      $0.number(PerfettoSchema.DebugAnnotation.nameIdentifier, name.number)
      write(&$0)
    }
  }
}

extension PerfettoWriter.Vocabulary {
  fileprivate var field: UInt64 {
    switch self {
    case .categories: PerfettoSchema.InternedData.eventCategories
    case .names: PerfettoSchema.InternedData.eventNames
    case .arguments: PerfettoSchema.InternedData.debugAnnotationNames
    }
  }
}
