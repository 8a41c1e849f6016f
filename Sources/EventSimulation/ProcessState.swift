/// The states of one kind of process: an enumeration of small integers, 0 being the state after
/// reset.
public protocol ProcessState: RawRepresentable, CaseIterable, Sendable where RawValue == UInt8 {}
