/// A point in simulated time, or a span of it, in periods of one clock.
public typealias Cycle = UInt64
