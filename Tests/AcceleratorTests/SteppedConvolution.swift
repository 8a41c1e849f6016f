/// A convolution layer of platform hybrid-2024 as its registers are: stepped cycle by cycle, written
/// from the cycle rules alone and sharing no code with the event simulation.
///
/// The oracle of the property tests; slow, and therefore for small layers.
struct SteppedConvolution {
  struct Parameters {
    var timeSteps: Int
    var inputChannels: Int
    var outputChannels: Int
    var kernel: Int
    var width: Int
    var elements: Int
    var encoderWidth: Int
    var listCapacity: Int
  }

  private let layer: Parameters
  private let pixels: Int
  private let chunks: Int
  private let modulus: Int
  private let phases: Int

  // The compression engine.
  private enum Encoder: Int {
    case idle, wait, load, iterate, reset, transit, channel, step, phase, done
  }
  private var encoder = Encoder.idle
  private var encoderBefore = Encoder.wait
  private var spikesLeft = 0
  private var spikesFound = 0
  private var chunksLeft = 0
  private var (channel, step, phase) = (0, 0, 0)
  private var (latchedStep, latchedPhase) = (0, 0)
  private var (isListReady, stepIsDone, isLoaded) = (false, false, false)
  private var counts: [Int]
  private var frame = (wait: 0, encoded: 0)

  // The spike engine.
  private enum Engine: Int { case idle, burst, activate }
  private var engine = Engine.idle
  private var (isAvailable, flag) = (true, true)
  private var (burstLeft, sweepLeft, sweptCycles) = (0, 0, 0)
  private var (isReady, outputStep) = (false, 0)

  // The processing elements and the writer.
  private enum Core: Int { case rest, accumulate, activate, exit }
  private var core = Core.rest
  private var coreLeft = 0
  private var (writerLeft, writerElement) = (0, 0)

  // What is measured.
  private(set) var frames: [[Int]] = []
  private(set) var bursts: [[Int]] = []
  private(set) var activations: [[Int]] = []
  private(set) var coreActivations: [[Int]] = []
  private(set) var ready: [[Int]] = []
  private(set) var captures: [[Int]] = []
  private(set) var loaded: [Int] = []
  private(set) var encoderStates = Array(repeating: 0, count: 10)
  private(set) var spikeStates = Array(repeating: 0, count: 3)
  private(set) var coreStates = Array(repeating: 0, count: 4)
  private(set) var inputReads = 0
  /// The first cycle in which the layer is quiet.
  private(set) var end = 0

  init(_ layer: Parameters, counts: [Int]) {
    self.layer = layer
    self.counts = counts.reversed()
    pixels = layer.width * layer.width
    chunks = (pixels + layer.encoderWidth - 1) / layer.encoderWidth
    phases = (layer.outputChannels + layer.elements - 1) / layer.elements
    var bits = 0
    while 1 << bits < layer.listCapacity { bits += 1 }
    modulus = 1 << (bits == 0 ? 2 : bits)
  }

  /// Runs until the layer is quiet.
  mutating func run(starts: Range<Int>) {
    while end < starts.upperBound || !isQuiet {
      stepAll(end, start: starts.contains(end))
      end += 1
    }
  }

  private var isQuiet: Bool {
    encoder == .idle && engine == .idle && !isLoaded && writerLeft == 0
      && (core == .rest || core == .accumulate)
  }

  private mutating func stepAll(_ cycle: Int, start: Bool) {
    if encoder == .step { (latchedStep, latchedPhase) = (step, phase) }
    count(cycle)
    // Every register as this cycle sees it, before any is written.
    let (list, pending, available) = (isListReady, stepIsDone, isAvailable)
    let found = spikesFound % modulus
    let isSweeping = engine == .activate
    let enablesSweep = isSweeping && sweptCycles > 0
    let enablesBurst = engine == .burst
    let (pulse, filedStep) = (isReady, outputStep)
    stepWriter(cycle, pulse: pulse, filedStep: filedStep)
    stepCore(cycle, accumulate: enablesBurst, activate: enablesSweep)
    if isSweeping { outputStep = latchedStep }
    stepEngine(cycle, list: list, pending: pending, found: found)
    if available { stepIsDone = false }
    stepEncoder(cycle, start: start, available: available)
  }

  private mutating func count(_ cycle: Int) {
    encoderStates[encoder.rawValue] += 1
    spikeStates[engine.rawValue] += 1
    coreStates[core.rawValue] += 1
    if encoder == .wait || encoderBefore == .idle { inputReads += 1 }
    encoderBefore = encoder
    if isLoaded { loaded.append(cycle) }
    if isReady { ready.append([cycle, outputStep, latchedPhase]) }
  }

  private mutating func stepEncoder(_ cycle: Int, start: Bool, available: Bool) {
    isLoaded = false
    switch encoder {
    case .idle: if start { encoder = .wait }
    case .wait:
      frame.wait = cycle
      (spikesLeft, spikesFound, chunksLeft) = (counts.popLast() ?? 0, 0, chunks)
      encoder = .load
    case .load:
      chunksLeft -= 1
      encoder = .iterate
    case .iterate:
      // All spikes in the first chunk: where they are makes no difference.
      if spikesLeft > 0 {
        spikesLeft -= 1
        spikesFound += 1
        encoder = .reset
      } else if chunksLeft > 0 {
        encoder = .load
      } else {
        frame.encoded = cycle
        isListReady = spikesFound % modulus > 0
        encoder = isListReady ? .transit : .channel
      }
    case .reset: encoder = .iterate
    case .transit: if available { encoder = .channel }
    case .channel:
      frames.append([frame.wait, frame.encoded, cycle, spikesFound % modulus])
      isListReady = false
      channel = (channel + 1) % layer.inputChannels
      encoder = channel == 0 ? .step : .wait
      if channel == 0 { stepIsDone = true }
    case .step:
      step = (step + 1) % layer.timeSteps
      encoder = step == 0 ? .phase : .wait
    case .phase:
      phase = (phase + 1) % phases
      encoder = phase == 0 ? .done : .wait
    case .done:
      encoder = .idle
      isLoaded = true
    }
  }

  private mutating func stepEngine(_ cycle: Int, list: Bool, pending: Bool, found: Int) {
    isReady = false
    switch engine {
    case .idle:
      isAvailable = true
      if pending && flag {
        sweep(from: cycle + 1)
      } else if list {
        flag = true
        engine = .burst
        burstLeft = layer.kernel * layer.kernel * found
        bursts.append([cycle + 1, cycle + burstLeft, found])
      }
    case .burst:
      isAvailable = false
      burstLeft -= 1
      guard burstLeft == 0 else { return }
      engine = .idle
      if pending { sweep(from: cycle + 1) }
    case .activate:
      flag = false
      sweepLeft -= 1
      sweptCycles += 1
      guard sweepLeft == 0 else { return }
      engine = .idle
      isReady = true
    }
  }

  private mutating func sweep(from cycle: Int) {
    engine = .activate
    (sweepLeft, sweptCycles) = (pixels - 1, 0)
    activations.append([cycle, cycle + pixels - 2])
  }

  private mutating func stepCore(_ cycle: Int, accumulate: Bool, activate: Bool) {
    switch core {
    case .rest, .accumulate:
      if activate {
        core = .activate
        coreLeft = pixels
        coreActivations.append([cycle + 1, cycle + pixels])
      } else if accumulate {
        core = .accumulate
      }
    case .activate:
      coreLeft -= 1
      if coreLeft == 0 { core = .exit }
    case .exit: core = .rest
    }
  }

  private mutating func stepWriter(_ cycle: Int, pulse: Bool, filedStep: Int) {
    if writerLeft == 0 {
      if pulse { (writerLeft, writerElement) = (3 * layer.elements, 0) }
      return
    }
    if writerLeft % 3 == 0 {
      let rows = layer.timeSteps * layer.outputChannels
      var addresses = 1
      while addresses < rows { addresses *= 2 }
      let row =
        filedStep * layer.outputChannels + latchedPhase * layer.elements + writerElement
      captures.append([cycle, row % addresses])
      writerElement += 1
    }
    writerLeft -= 1
  }
}
