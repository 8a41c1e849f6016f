/// The fields of Perfetto's trace format that we write, under their names in
/// `protos/perfetto/trace` of https://github.com/google/perfetto.
enum PerfettoSchema {
  enum Trace {
    static let packet: UInt64 = 1
  }

  enum TracePacket {
    static let timestamp: UInt64 = 8
    static let trustedPacketSequence: UInt64 = 10
    static let trackEvent: UInt64 = 11
    static let internedData: UInt64 = 12
    static let sequenceFlags: UInt64 = 13
    static let trackDescriptor: UInt64 = 60
    /// Values of `sequence_flags`.
    static let incrementalStateCleared: UInt64 = 1
    static let needsIncrementalState: UInt64 = 2
  }

  enum InternedData {
    static let eventCategories: UInt64 = 1
    static let eventNames: UInt64 = 2
    static let debugAnnotationNames: UInt64 = 3
    /// In each of the three.
    static let identifier: UInt64 = 1
    static let name: UInt64 = 2
  }

  enum TrackDescriptor {
    static let identifier: UInt64 = 1
    static let name: UInt64 = 2
    static let process: UInt64 = 3
    static let thread: UInt64 = 4
    static let parent: UInt64 = 5
    static let counter: UInt64 = 8
    static let siblingOrderRank: UInt64 = 12
    static let childOrdering: UInt64 = 11
    static let explicitOrdering: UInt64 = 3
    static let description: UInt64 = 14
  }

  enum ProcessDescriptor {
    static let process: UInt64 = 1
    static let name: UInt64 = 6
    static let labels: UInt64 = 8
  }

  enum ThreadDescriptor {
    static let process: UInt64 = 1
    static let thread: UInt64 = 2
    static let name: UInt64 = 5
  }

  enum CounterDescriptor {
    static let unitName: UInt64 = 6
  }

  enum TrackEvent {
    static let categoryIdentifiers: UInt64 = 3
    static let debugAnnotations: UInt64 = 4
    static let type: UInt64 = 9
    static let nameIdentifier: UInt64 = 10
    static let track: UInt64 = 11
    static let doubleCounterValue: UInt64 = 44
    static let flows: UInt64 = 47
    static let terminatingFlows: UInt64 = 48
    /// Values of `type`.
    static let sliceBegin: UInt64 = 1
    static let sliceEnd: UInt64 = 2
    static let counter: UInt64 = 4
  }

  enum DebugAnnotation {
    static let nameIdentifier: UInt64 = 1
    static let unsignedValue: UInt64 = 3
    static let doubleValue: UInt64 = 5
    static let textValue: UInt64 = 6
  }
}
