/// A point in simulated time, or a span of it, in periods of one clock.
///
/// In cycle `c` a process sees the register values that the clock edge ending the cycle sees.
public typealias Cycle = UInt64
