import EventSimulation

/// Writes tracks and events of a Perfetto trace, one packet after another.
struct PerfettoWriter {
  /// A value beside an event.
  enum Argument {
    case number(UInt64)
    case text(String)
    case real(Double)
  }

  private typealias Schema = PerfettoSchema

  private var trace = ProtobufMessage()
  private let clock: Double
  private var names = Interner()
  private var annotations = Interner()
  private var categories = Interner()
  private var isFirst = true
  private var tracks: UInt64 = 0

  /// Words that are written once and numbered from then on.
  private struct Interner {
    private var numbers: [String: UInt64] = [:]
    private(set) var new: [(UInt64, String)] = []

    mutating func number(_ word: String) -> UInt64 {
      if let known = numbers[word] { return known }
      let number = UInt64(numbers.count + 1)
      numbers[word] = number
      new.append((number, word))
      return number
    }

    mutating func forgetNew() { new.removeAll(keepingCapacity: true) }
  }

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
  ///   - arguments: values to show beside it.
  mutating func slice(
    _ name: String, category: String, _ span: Range<Cycle>, on track: UInt64,
    leaving: ArraySlice<UInt64> = [], arriving: ArraySlice<UInt64> = [],
    arguments: [(name: String, value: Argument)]
  ) {
    let nameNumber = names.number(name)
    let categoryNumber = categories.number(category)
    let numbers = arguments.map { annotations.number($0.name) }
    event(Schema.TrackEvent.sliceBegin, at: span.lowerBound, on: track) { event in
      event.number(Schema.TrackEvent.categoryIdentifiers, categoryNumber)
      event.number(Schema.TrackEvent.nameIdentifier, nameNumber)
      for (number, argument) in zip(numbers, arguments) {
        event.message(Schema.TrackEvent.debugAnnotations) {
          $0.number(Schema.DebugAnnotation.nameIdentifier, number)
          switch argument.value {
          case .number(let value): $0.number(Schema.DebugAnnotation.unsignedValue, value)
          case .text(let value): $0.text(Schema.DebugAnnotation.textValue, value)
          case .real(let value): $0.double(Schema.DebugAnnotation.doubleValue, value)
          }
        }
      }
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
    let words = [
      (Schema.InternedData.eventCategories, categories.new),
      (Schema.InternedData.eventNames, names.new),
      (Schema.InternedData.debugAnnotationNames, annotations.new),
    ].filter { !$0.1.isEmpty }
    trace.message(Schema.Trace.packet) { packet in
      packet.number(Schema.TracePacket.trustedPacketSequence, 1)
      packet.number(Schema.TracePacket.sequenceFlags, flags)
      if !words.isEmpty {
        packet.message(Schema.TracePacket.internedData) { data in
          for (field, list) in words {
            for (number, word) in list {
              data.message(field) {
                $0.number(Schema.InternedData.identifier, number)
                $0.text(Schema.InternedData.name, word)
              }
            }
          }
        }
      }
      write(&packet)
    }
    guard !words.isEmpty else { return }
    names.forgetNew()
    annotations.forgetNew()
    categories.forgetNew()
  }
}
