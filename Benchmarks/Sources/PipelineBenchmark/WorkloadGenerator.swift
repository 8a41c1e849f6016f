/// Random numbers that are the same in every run.
struct WorkloadGenerator: RandomNumberGenerator {
  private var state: UInt64 = 1

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a sequence have short periods.
    return (state >> 32) | (state << 32)
  }
}
